package io.trunkline.auth;

import io.trunkline.value.Secret;

/** Keeps tokens unreadable in a store. Thread-safe. */
public interface TokenCipher {

    /**
     * Seals bytes.
     *
     * @param plain the bytes
     * @param context what they belong to; opening needs the same
     */
    byte[] seal(byte[] plain, byte[] context);

    /**
     * Opens sealed bytes.
     *
     * @throws io.trunkline.error.SecurityPolicyException if they were changed, or belong elsewhere, or to another key
     */
    byte[] open(byte[] sealed, byte[] context);

    /** No sealing, for stores in memory. */
    static TokenCipher none() {
        return new TokenCipher() {
            @Override
            public byte[] seal(byte[] plain, byte[] context) {
                return plain;
            }

            @Override
            public byte[] open(byte[] sealed, byte[] context) {
                return sealed;
            }
        };
    }

    /**
     * AES-256-GCM of the JDK with a random nonce each time.
     *
     * @param key Base64 of 32 random bytes
     * @throws IllegalArgumentException if the key is of another form
     */
    static TokenCipher aesGcm(Secret key) {
        return new AesGcmCipher(key);
    }
}
