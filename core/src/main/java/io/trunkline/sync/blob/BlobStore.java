package io.trunkline.sync.blob;

import java.util.Optional;

/**
 * A place for blobs by keys: a folder, an object store. What can be found is whole. Keys are names with slashes between
 * them; a key that ends with {@code .sha256} is refused, because checksums are kept under such names.
 */
public interface BlobStore {

    /** What is kept under a key. */
    Optional<StoredBlob> find(String key);

    /**
     * Begins to write a blob, or goes on with what is there of it.
     *
     * @throws IllegalArgumentException if the key is none
     * @throws IllegalStateException if somebody else is writing it
     */
    BlobWriter write(String key, String version);

    /**
     * Deletes a blob.
     *
     * @return false if there was none
     */
    boolean delete(String key);
}
