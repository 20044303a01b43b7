package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keyed values of one space, changed only by whoever knows their version. Keys have 1 to 512 characters, values at most
 * 2 MiB, in a sealed store 4 KiB less; instants are kept to the millisecond. Thread-safe.
 */
public interface Values {

    /** The version that {@link #put} and {@link #delete} take for a value that must not exist yet. */
    long ABSENT = 0;

    /** The value of a key; empty if there is none or it has expired. */
    Optional<Versioned> get(String key);

    /**
     * Writes a value if nobody else has since.
     *
     * @param expectedVersion the version read before, or {@link #ABSENT}
     * @param expires when it is forgotten, or null for never
     * @return whether it was written
     * @throws IllegalArgumentException if key or value is too long
     */
    boolean put(String key, byte[] value, long expectedVersion, @Nullable Instant expires);

    /** Writes a value if the key has none: of all that try, one succeeds. */
    default boolean claim(String key, byte[] value, Instant expires) {
        return put(key, value, ABSENT, expires);
    }

    /** Removes a value if nobody else has changed it; returns whether it was removed. */
    boolean delete(String key, long expectedVersion);

    /**
     * Values by key; those of a sealed store in an order of their own, and page by page from the whole space.
     *
     * @param prefix what the keys begin with, possibly empty
     * @param cursor empty for the first page
     * @param limit 1 to 1000
     */
    Page<Versioned> list(String prefix, Optional<String> cursor, int limit);
}
