package io.trunkline.store;

import io.trunkline.value.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The bytes: a format byte, a random nonce of 96 bits, what AES-GCM makes of the rest. */
final class AesGcmCipher implements DataCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    AesGcmCipher(Secret secret) {
        this.key = new SecretKeySpec(key(secret), "AES");
    }

    static byte[] key(Secret secret) {
        byte[] bytes = Base64.getDecoder().decode(secret.reveal());
        if (bytes.length != 32) {
            throw new IllegalArgumentException("encryption key must be Base64 of 32 bytes");
        }
        return bytes;
    }

    @Override
    public byte[] seal(byte[] plain, byte[] place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(FORMAT)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, byte[] place) {
        if (sealed.length <= NONCE || sealed[0] != FORMAT) {
            throw Seal.unreadable();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw Seal.unreadable();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}
