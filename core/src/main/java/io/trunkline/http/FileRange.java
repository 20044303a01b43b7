package io.trunkline.http;

import org.jspecify.annotations.Nullable;

/**
 * From where a file is wanted.
 *
 * @param from how many bytes are there already
 * @param tag the entity tag of the content that they are of; null if it had none, then all is wanted
 */
public record FileRange(long from, @Nullable String tag) {

    /** All of it. */
    public static final FileRange ALL = new FileRange(0, null);

    /** Whether the rest may be asked for instead of all: only what is surely of the same content can be gone on with. */
    boolean partial() {
        return from > 0 && tag != null;
    }
}
