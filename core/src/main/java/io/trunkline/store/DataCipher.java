package io.trunkline.store;

import io.trunkline.value.Secret;

/**
 * Makes data unreadable where they lie, each for its own place: what is sealed for one place cannot be opened at another.
 * Thread-safe.
 */
public interface DataCipher {

    /**
     * Seals bytes, differently each time.
     *
     * @param plain the bytes
     * @param place where they will lie; opening needs the same
     */
    byte[] seal(byte[] plain, byte[] place);

    /**
     * Opens sealed bytes.
     *
     * @throws io.trunkline.error.SecurityPolicyException if they were changed, belong to another place, or were sealed with
     *     a key that is not at hand
     */
    byte[] open(byte[] sealed, byte[] place);

    /**
     * AES-256-GCM of the JDK with one key and a random nonce each time, for at most four billion values. Keys that are to be
     * replaced one day need the module {@code trunkline-encryption}.
     *
     * @param key Base64 of 32 random bytes
     * @throws IllegalArgumentException if the key is of another form
     */
    static DataCipher aesGcm(Secret key) {
        return new AesGcmCipher(key);
    }
}
