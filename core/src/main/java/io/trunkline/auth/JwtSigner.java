package io.trunkline.auth;

import io.trunkline.mapping.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs assertions with a private key: RS256 with an RSA key, ES256 with a P-256 key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523">RFC 7523</a>
 */
public final class JwtSigner {

    /** How long an assertion is good for: Salesforce accepts at most three minutes, and clocks differ. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final boolean elliptic;
    private final SecureRandom random = new SecureRandom();

    /** A signer with the given RSA or P-256 key. */
    public JwtSigner(PrivateKey key) {
        this.key = key;
        this.elliptic = key instanceof ECPrivateKey;
    }

    /**
     * An assertion.
     *
     * @param issuer who says it
     * @param subject for whom
     * @param audience to whom
     * @param now when
     */
    public String assertion(String issuer, String subject, String audience, Instant now) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("jti", HexFormat.of().formatHex(id));
        return sign(claims);
    }

    /** The compact form of the claims, signed. */
    public String sign(Map<String, Object> claims) {
        String head = "{\"alg\":\"" + (elliptic ? "ES256" : "RS256") + "\",\"typ\":\"JWT\"}";
        String content = URL.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
                + URL.encodeToString(Json.write(claims));
        return content + "." + URL.encodeToString(signature(content));
    }

    private byte[] signature(String content) {
        try {
            Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key cannot sign; it must be RSA or P-256");
        }
    }
}
