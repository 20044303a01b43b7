package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.value.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The callback envelope that WeChat, WeCom, DingTalk and others share: SHA-1 over the sorted parts as signature, and
 * AES-256-CBC around 16 random bytes, the length, the text and the receiver's id.
 */
public final class CallbackCipher {

    private static final int BLOCK = 32;
    private static final int RANDOM_BYTES = 16;

    private final Secret token;
    private final byte[] key;
    private final String receiver;
    private final SecureRandom random = new SecureRandom();

    /**
     * An envelope.
     *
     * @param token the token that was entered at the platform
     * @param encodingKey the 43 characters that were entered there as key
     * @param receiver the receiver's own id: app id, corp id or owner key
     * @throws IllegalArgumentException if the key is not 43 characters of base64; the message does not repeat it
     */
    public CallbackCipher(Secret token, Secret encodingKey, String receiver) {
        this.token = token;
        this.receiver = receiver;
        try {
            this.key = Base64.getDecoder().decode(encodingKey.reveal() + "=");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("encoding key must be 43 characters of base64");
        }
        if (key.length != 32) {
            throw new IllegalArgumentException("encoding key must be 43 characters of base64");
        }
    }

    /** SHA-1 in hex over the parts in their order as text. */
    public static String sortedSha1(String... parts) {
        String[] sorted = parts.clone();
        Arrays.sort(sorted);
        byte[] joined = String.join("", sorted).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Macs.digest("SHA-1", joined));
    }

    /** The signature of an envelope. */
    public String signature(String timestamp, String nonce, String encrypted) {
        return sortedSha1(token.reveal(), timestamp, nonce, encrypted);
    }

    /** Checks a signature, or throws {@link ForgedWebhookException}. */
    public void verify(String signature, String timestamp, String nonce, String encrypted) {
        byte[] expected = signature(timestamp, nonce, encrypted).getBytes(StandardCharsets.US_ASCII);
        if (!SignatureCheck.same(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
            throw new ForgedWebhookException("the signature is wrong");
        }
    }

    /**
     * Opens an envelope whose signature has been checked.
     *
     * @throws ForgedWebhookException if it was made with another key or for another receiver
     */
    public String open(String encrypted) {
        byte[] plain = unpadded(
                crypt(Cipher.DECRYPT_MODE, SignatureCheck.base64(encrypted).orElseThrow(CallbackCipher::foreign)));
        if (plain.length < RANDOM_BYTES + Integer.BYTES) {
            throw foreign();
        }
        int length = ByteBuffer.wrap(plain, RANDOM_BYTES, Integer.BYTES).getInt();
        int start = RANDOM_BYTES + Integer.BYTES;
        if (length < 0 || length > plain.length - start) {
            throw foreign();
        }
        String owner = new String(plain, start + length, plain.length - start - length, StandardCharsets.UTF_8);
        if (!owner.equals(receiver)) {
            throw foreign();
        }
        return new String(plain, start, length, StandardCharsets.UTF_8);
    }

    /** Seals an answer. */
    public String seal(String text) {
        byte[] salt = new byte[RANDOM_BYTES];
        random.nextBytes(salt);
        return seal(text, salt);
    }

    String seal(String text, byte[] salt) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] owner = receiver.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(salt.length + Integer.BYTES + body.length + owner.length);
        plain.put(salt).putInt(body.length).put(body).put(owner);
        return Base64.getEncoder().encodeToString(crypt(Cipher.ENCRYPT_MODE, padded(plain.array())));
    }

    private byte[] crypt(int mode, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw foreign();
        }
    }

    private static byte[] padded(byte[] plain) {
        int padding = BLOCK - plain.length % BLOCK;
        byte[] all = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(all, plain.length, all.length, (byte) padding);
        return all;
    }

    private static byte[] unpadded(byte[] padded) {
        int padding = padded.length == 0 ? 0 : padded[padded.length - 1];
        if (padding < 1 || padding > BLOCK || padding > padded.length) {
            throw foreign();
        }
        return Arrays.copyOf(padded, padded.length - padding);
    }

    private static ForgedWebhookException foreign() {
        return new ForgedWebhookException("the envelope is not for this receiver or was sealed with another key");
    }
}
