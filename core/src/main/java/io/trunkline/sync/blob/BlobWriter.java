package io.trunkline.sync.blob;

import java.util.Optional;

/** Writes one blob, which takes the place of the old one when it is finished. Used by one thread. */
public interface BlobWriter extends AutoCloseable {

    /** How many bytes are there. */
    long length();

    /** The entity tag of the content that these bytes are of. */
    Optional<String> tag();

    /** Forgets what is there and begins with content of another tag. */
    void restart(Optional<String> tag);

    /** Adds the first bytes of a buffer. */
    void append(byte[] buffer, int count);

    /**
     * Makes the blob one that can be found.
     *
     * @param sha256 what the content must have, if that is known
     * @throws io.trunkline.sync.PoisonException if it has another; then nothing is kept of it
     */
    StoredBlob finish(Optional<String> sha256);

    /** Ends the writing. What is not finished may be gone on with later, if the store can do that. */
    @Override
    void close();
}
