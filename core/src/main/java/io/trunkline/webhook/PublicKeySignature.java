package io.trunkline.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A signature that only the platform can make and everybody can check, by ECDSA, RSA or Ed25519. The header holds it in
 * base64; a timestamp header is signed before the body.
 */
public final class PublicKeySignature implements SignatureScheme {

    private final String header;
    private final String timestampHeader;
    private final String algorithm;
    private final PublicKey key;

    /**
     * A scheme.
     *
     * @param header the header of the signature
     * @param timestampHeader the header of the time in seconds since 1970, signed before the body
     * @param algorithm as JCA names it, such as {@code SHA256withECDSA}, {@code SHA256withRSA} or {@code Ed25519}
     * @param key the platform's public key
     * @throws IllegalArgumentException if the key is not of the algorithm, or this Java platform has none such
     */
    public PublicKeySignature(String header, String timestampHeader, String algorithm, PublicKey key) {
        this.header = header;
        this.timestampHeader = timestampHeader;
        this.algorithm = algorithm;
        this.key = key;
        try {
            Signature.getInstance(algorithm).initVerify(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key does not fit " + algorithm, e);
        }
    }

    /**
     * Reads a public key in the form in which platforms show it: base64 of its X.509 form, with or without PEM lines.
     *
     * @param algorithm {@code EC}, {@code RSA} or {@code Ed25519}
     * @throws IllegalArgumentException if it is not such a key
     */
    public static PublicKey key(String algorithm, String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----|\\s", ""));
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("public key must be base64 of an X.509 " + algorithm + " key");
        }
    }

    @Override
    public void verify(WebhookRequest request) {
        String time = request.header(timestampHeader).orElse("");
        if (!SignatureCheck.freshSeconds(time, request.receivedAt())) {
            throw new ForgedWebhookException("the time is missing, or more than five minutes off");
        }
        byte[] signature = request.header(header)
                .flatMap(SignatureCheck::base64)
                .orElseThrow(() -> new ForgedWebhookException("the signature is missing or not base64"));
        if (!valid(algorithm, key, SignedContent.join(request.body(), time), signature)) {
            throw new ForgedWebhookException("the signature is wrong");
        }
    }

    static boolean valid(String algorithm, PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
