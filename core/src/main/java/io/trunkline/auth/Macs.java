package io.trunkline.auth;

import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed and plain digests of the JDK, by their JCA names. */
public final class Macs {

    private Macs() {}

    /**
     * The HMAC of parts, one after another.
     *
     * @param algorithm such as {@code HmacSHA256}
     */
    public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java platform has no " + algorithm, e);
        }
    }

    /** The HMAC with a secret text as key. */
    public static byte[] hmac(String algorithm, Secret key, byte[]... parts) {
        return hmac(algorithm, key.bytes(), parts);
    }

    /**
     * The digest of parts, one after another.
     *
     * @param algorithm such as {@code SHA-1}
     */
    public static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this Java platform has no " + algorithm, e);
        }
    }

    /** SHA-256 of a text in UTF-8. */
    public static byte[] sha256(String text) {
        return digest("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of a text in UTF-8, as small hexadecimal digits. */
    public static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }
}
