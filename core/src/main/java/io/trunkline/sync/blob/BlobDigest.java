package io.trunkline.sync.blob;

import io.trunkline.sync.PoisonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The checksum and the length of a blob while it is written. */
final class BlobDigest {

    private final MessageDigest digest;
    private long length;

    BlobDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(byte[] buffer, int count) {
        digest.update(buffer, 0, count);
        length += count;
    }

    void clear() {
        digest.reset();
        length = 0;
    }

    long length() {
        return length;
    }

    /** Ends the counting. */
    StoredBlob end(String key, String version, Optional<String> expected) {
        long size = length;
        String sum = HexFormat.of().formatHex(digest.digest());
        clear();
        if (expected.isPresent() && !expected.get().equalsIgnoreCase(sum)) {
            throw new PoisonException("the content does not have the checksum that it should have");
        }
        return new StoredBlob(key, version, size, sum);
    }
}
