package io.trunkline.auth;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A format byte, a random nonce of 96 bits, and what AES-GCM makes of the rest. */
final class AesGcmCipher implements TokenCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    AesGcmCipher(Secret secret) {
        byte[] bytes = Base64.getDecoder().decode(secret.reveal());
        if (bytes.length != 32) {
            throw new IllegalArgumentException("encryption key must be Base64 of 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    @Override
    public byte[] seal(byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
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
    public byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length <= NONCE || sealed[0] != FORMAT) {
            throw unreadable();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] nonce = new byte[NONCE];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw unreadable();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static SecurityPolicyException unreadable() {
        return new SecurityPolicyException(
                "a stored value cannot be opened with this key; configure the key it was sealed with",
                ErrorContext.of("store", "open", ErrorKind.SECURITY),
                null);
    }
}
