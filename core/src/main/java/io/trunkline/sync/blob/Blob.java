package io.trunkline.sync.blob;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to be copied.
 *
 * @param key where it shall be kept, such as {@code tickets/17/photo.jpg}
 * @param version changes whenever its content may have: what is kept under the same version is not fetched again
 * @param source where its content comes from
 * @param checksum its SHA-256 in hexadecimal digits, if the platform tells it; otherwise null
 */
public record Blob(
        String key,
        String version,
        BlobSource source,
        @Nullable String checksum) {

    /**
     * Checks the version.
     *
     * @throws IllegalArgumentException if it is empty, longer than 500 characters or more than one line
     */
    public Blob {
        if (version.isEmpty() || version.length() > 500 || version.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("version must be one line of 1 to 500 characters");
        }
    }

    /** A blob whose checksum the platform does not tell. */
    public static Blob of(String key, String version, BlobSource source) {
        return new Blob(key, version, source, null);
    }

    /** What the content must have, if that is known. */
    public Optional<String> sha256() {
        return Optional.ofNullable(checksum);
    }

    /** The version alone: a key may hold a person's name. */
    @Override
    public String toString() {
        return "Blob[" + version + "]";
    }
}
