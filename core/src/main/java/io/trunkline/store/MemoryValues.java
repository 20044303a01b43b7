package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values in a sorted map. */
final class MemoryValues implements Values {

    private final MemoryStore store;
    private final UndoableMap<String, Versioned> entries;
    private final Sweep sweep = new Sweep();

    MemoryValues(MemoryStore store) {
        this.store = store;
        this.entries = new UndoableMap<>(store, StoreNames.ORDER);
    }

    @Override
    public Optional<Versioned> get(String key) {
        StoreNames.key(key);
        return store.locked(() -> Optional.ofNullable(live(key)).map(MemoryValues::copy));
    }

    @Override
    public boolean put(String key, byte[] value, long expectedVersion, @Nullable Instant expires) {
        StoreNames.key(key);
        byte[] copy = StoreNames.value(value);
        return store.locked(() -> {
            Versioned before = live(key);
            long version = before == null ? ABSENT : before.version();
            if (version != expectedVersion) {
                return false;
            }
            entries.put(key, new Versioned(key, copy, version + 1, expires == null ? null : StoreNames.kept(expires)));
            if (sweep.due()) {
                forgetExpired();
            }
            return true;
        });
    }

    @Override
    public boolean delete(String key, long expectedVersion) {
        StoreNames.key(key);
        return store.locked(() -> {
            Versioned before = live(key);
            if (before == null || before.version() != expectedVersion) {
                return false;
            }
            entries.remove(key);
            return true;
        });
    }

    @Override
    public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
        StoreNames.prefix(prefix);
        StoreNames.limit(limit);
        boolean later = cursor.isPresent() && StoreNames.ORDER.compare(cursor.get(), prefix) >= 0;
        return store.locked(() -> {
            List<Versioned> page = new ArrayList<>();
            for (Versioned entry : entries.view()
                    .tailMap(later ? cursor.get() : prefix, !later)
                    .values()) {
                boolean end = !entry.key().startsWith(prefix);
                if (end || page.size() > limit) {
                    break;
                }
                if (!expired(entry)) {
                    page.add(copy(entry));
                }
            }
            return page.size() <= limit
                    ? Page.last(page)
                    : new Page<>(page.subList(0, limit), page.get(limit - 1).key());
        });
    }

    private void forgetExpired() {
        List.copyOf(entries.view().values()).stream().filter(this::expired).forEach(each -> entries.remove(each.key()));
    }

    private @Nullable Versioned live(String key) {
        Versioned entry = entries.get(key);
        return entry == null || expired(entry) ? null : entry;
    }

    private boolean expired(Versioned entry) {
        Instant expires = entry.expiresAt();
        return expires != null && !store.time().now().isBefore(expires);
    }

    private static Versioned copy(Versioned entry) {
        return new Versioned(entry.key(), entry.value().clone(), entry.version(), entry.expiresAt());
    }
}
