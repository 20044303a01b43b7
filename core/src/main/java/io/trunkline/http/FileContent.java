package io.trunkline.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is read.
 *
 * @param from where the bytes begin: what was asked for, or zero if the file is another now
 * @param size how long the whole file is; null if that is not told
 * @param tag the entity tag of the content, to go on with later; null if there is none that says so for sure
 * @param bytes the content from there; ends with an exception if it was cut off
 */
public record FileContent(
        long from, @Nullable Long size, @Nullable String tag, InputStream bytes) {

    /** Reads a file while it is open. */
    @FunctionalInterface
    public interface Taker {

        /**
         * Takes the content, which cannot be read any more afterwards.
         *
         * @throws IOException from reading the content, and from nothing else
         */
        void take(FileContent content) throws IOException;
    }
}
