package io.trunkline.auth;

import io.trunkline.value.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads private keys as administrators have them. */
public final class PrivateKeys {

    private PrivateKeys() {}

    /**
     * The key of a PEM text.
     *
     * @param pem PKCS #8, {@code -----BEGIN PRIVATE KEY-----}, RSA or elliptic, not encrypted
     * @throws IllegalArgumentException if it is of another form; the message does not repeat it
     */
    public static PrivateKey pem(Secret pem) {
        String body = pem.reveal()
                .replace("-----BEGIN PRIVATE KEY-----", "")
                .replace("-----END PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        return Stream.of("RSA", "EC")
                .flatMap(algorithm -> key(algorithm, body).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be an unencrypted PKCS #8 private key in PEM form, RSA or elliptic"));
    }

    private static Optional<PrivateKey> key(String algorithm, String body) {
        try {
            byte[] der = Base64.getDecoder().decode(body);
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
