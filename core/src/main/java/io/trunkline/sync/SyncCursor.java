package io.trunkline.sync;

/**
 * How far a feed has been read, as text to be kept by whoever reads. Opaque: only the feed that made it understands it.
 *
 * @param text at most a mebibyte
 */
public record SyncCursor(String text) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if the text is empty or too long
     */
    public SyncCursor {
        if (text.isEmpty() || text.length() > 1 << 20) {
            throw new IllegalArgumentException("cursor must have 1 to 1048576 characters");
        }
    }
}
