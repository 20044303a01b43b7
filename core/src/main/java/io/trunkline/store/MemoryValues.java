package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values in a sorted map. */
final class MemoryValues implements Values {

    private final MemoryStore store;
    private final TreeMap<String, Versioned> entries = new TreeMap<>();

    MemoryValues(MemoryStore store) {
        this.store = store;
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
            entries.put(key, new Versioned(key, copy, version + 1, expires));
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
        return store.locked(() -> {
            List<Versioned> page = new ArrayList<>();
            for (Versioned entry :
                    entries.tailMap(cursor.orElse(prefix), cursor.isEmpty()).values()) {
                if (!entry.key().startsWith(prefix)) {
                    break;
                }
                if (page.size() == limit) {
                    return new Page<>(page, page.get(limit - 1).key());
                }
                if (!expired(entry)) {
                    page.add(copy(entry));
                }
            }
            return Page.last(page);
        });
    }

    Runnable undo() {
        TreeMap<String, Versioned> before = new TreeMap<>(entries);
        return () -> {
            entries.clear();
            entries.putAll(before);
        };
    }

    private @Nullable Versioned live(String key) {
        Versioned entry = entries.get(key);
        if (entry != null && expired(entry)) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    private boolean expired(Versioned entry) {
        Instant expires = entry.expiresAt();
        return expires != null && !store.time().now().isBefore(expires);
    }

    private static Versioned copy(Versioned entry) {
        return new Versioned(entry.key(), entry.value().clone(), entry.version(), entry.expiresAt());
    }
}
