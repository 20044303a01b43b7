package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values under hidden keys; the key itself is sealed with the value. */
final class SealedValues implements Values {

    static final String KIND = "value";

    private final Values values;
    private final Seal seal;
    private final String space;

    SealedValues(Values values, Seal seal, String space) {
        this.values = values;
        this.seal = seal;
        this.space = space;
    }

    @Override
    public Optional<Versioned> get(String key) {
        return values.get(hidden(key)).map(this::opened);
    }

    @Override
    public boolean put(String key, byte[] value, long expectedVersion, @Nullable Instant expires) {
        String hidden = hidden(key);
        byte[] sealed = seal.seal(new Seal.Named(key, StoreNames.sealable(value)), KIND, space, hidden);
        return values.put(hidden, sealed, expectedVersion, expires);
    }

    @Override
    public boolean delete(String key, long expectedVersion) {
        return values.delete(hidden(key), expectedVersion);
    }

    @Override
    public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
        StoreNames.prefix(prefix);
        StoreNames.limit(limit);
        List<Versioned> found = new ArrayList<>();
        Optional<String> place = cursor;
        do {
            // Never more than still fit, so that the place after the page is the place after its last value.
            Page<Versioned> page = values.list("", place, limit - found.size());
            page.items().stream()
                    .map(this::opened)
                    .filter(each -> each.key().startsWith(prefix))
                    .forEach(found::add);
            place = page.next();
        } while (place.isPresent() && found.size() < limit);
        return new Page<>(found, place.orElse(null));
    }

    private String hidden(String key) {
        return seal.hidden(KIND, space, StoreNames.key(key));
    }

    private Versioned opened(Versioned stored) {
        Seal.Named named = seal.open(stored.value(), KIND, space, stored.key());
        return new Versioned(named.name(), named.content(), stored.version(), stored.expiresAt());
    }
}
