package io.trunkline.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored value with the version that a change must name.
 *
 * @param key its key
 * @param value the bytes
 * @param version 1 for the first, rising with each change
 * @param expiresAt when it is forgotten, or null for never
 */
public record Versioned(
        String key, byte[] value, long version, @Nullable Instant expiresAt) {

    /** When it is forgotten; empty for never. */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expiresAt);
    }

    /** Key and version: the value may be a secret. */
    @Override
    public String toString() {
        return "Versioned[" + key + " v" + version + "]";
    }
}
