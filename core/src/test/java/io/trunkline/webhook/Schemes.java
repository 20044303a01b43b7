package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.value.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every signature scheme that the library has, each with a sender who holds the right secret. */
enum Schemes {
    HMAC_HEX_OF_BODY(
            KeyedSignature.in("Sig", Keys.SECRET)
                    .algorithm("HmacSHA256")
                    .prefix("sha256=")
                    .build(),
            (body, at) -> Map.of("Sig", "sha256=" + Keys.hex(Macs.hmac("HmacSHA256", Keys.SECRET, body)))),
    HMAC_SHA1_OF_BODY(
            KeyedSignature.in("Sig", Keys.SECRET).algorithm("HmacSHA1").build(),
            (body, at) -> Map.of("Sig", Keys.hex(Macs.hmac("HmacSHA1", Keys.SECRET, body)))),
    HMAC_BASE64_OF_BODY(
            KeyedSignature.in("Sig", Keys.SECRET)
                    .algorithm("HmacSHA256")
                    .base64()
                    .build(),
            (body, at) -> Map.of("Sig", Keys.base64(Macs.hmac("HmacSHA256", Keys.SECRET, body)))),
    HMAC_OF_SECONDS_AND_BODY(Keys.timed().seconds("Time").build(), (body, at) -> Keys.timed(body, Keys.seconds(at))),
    HMAC_OF_MILLIS_AND_BODY(
            Keys.timed().millis("Time").build(), (body, at) -> Keys.timed(body, Long.toString(at.toEpochMilli()))),
    HMAC_OF_ISO_TIME_AND_BODY(Keys.timed().isoTime("Time").build(), (body, at) -> Keys.timed(body, at.toString())),
    FEISHU_DIGEST(FeishuCipher.signature(Keys.SECRET), Keys::feishu),
    STANDARD_WEBHOOKS_HMAC(
            StandardWebhooks.secrets(List.of(Secret.of("whsec_" + Keys.base64(Keys.SECRET.bytes())))),
            (body, at) ->
                    Keys.standard(at, "v1," + Keys.base64(Macs.hmac("HmacSHA256", Keys.SECRET, Keys.whole(body, at))))),
    STANDARD_WEBHOOKS_ED25519(
            StandardWebhooks.publicKey("whpk_" + Keys.rawPublicKey()),
            (body, at) -> Keys.standard(
                    at, "v1a," + Keys.base64(Keys.signed("Ed25519", Keys.ED25519, Keys.whole(body, at))))),
    ECDSA(
            new PublicKeySignature("Sig", "Time", "SHA256withECDSA", Keys.EC.getPublic()),
            (body, at) -> Keys.publicly("SHA256withECDSA", Keys.EC, body, at)),
    RSA(
            new PublicKeySignature("Sig", "Time", "SHA256withRSA", Keys.RSA.getPublic()),
            (body, at) -> Keys.publicly("SHA256withRSA", Keys.RSA, body, at)),
    SORTED_SHA1_OF_ENVELOPE(
            request -> Keys.ENVELOPE.verify(
                    request.header("Sig").orElse(""),
                    request.header("Stamp").orElse(""),
                    request.header("Nonce").orElse(""),
                    request.text()),
            (body, at) -> Map.of(
                    "Sig", Keys.ENVELOPE.signature("1", "n", new String(body, StandardCharsets.UTF_8)),
                    "Stamp", "1",
                    "Nonce", "n"));

    /** Makes the headers of a genuine request. */
    interface Sender {
        Map<String, String> headers(byte[] body, Instant at);
    }

    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @SuppressWarnings("ImmutableEnumChecker")
    final SignatureScheme scheme;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Sender sender;

    Schemes(SignatureScheme scheme, Sender sender) {
        this.scheme = scheme;
        this.sender = sender;
    }

    static Stream<Schemes> timed() {
        return Stream.of(values()).filter(each -> !each.timeHeader().isEmpty());
    }

    /** Whether one check takes a thousand times as long as a digest. */
    boolean publicKey() {
        return this == STANDARD_WEBHOOKS_ED25519 || this == ECDSA || this == RSA;
    }

    boolean hex() {
        return this == HMAC_HEX_OF_BODY
                || this == HMAC_SHA1_OF_BODY
                || this == FEISHU_DIGEST
                || name().startsWith("HMAC_OF_");
    }

    String signatureHeader() {
        return name().startsWith("STANDARD") ? "webhook-signature" : this == FEISHU_DIGEST ? "X-Lark-Signature" : "Sig";
    }

    String timeHeader() {
        if (name().startsWith("STANDARD")) {
            return "webhook-timestamp";
        }
        if (this == FEISHU_DIGEST) {
            return "X-Lark-Request-Timestamp";
        }
        return name().startsWith("HMAC_OF_") || this == ECDSA || this == RSA ? "Time" : "";
    }

    Map<String, String> headers(byte[] body, Instant at) {
        return new LinkedHashMap<>(sender.headers(body, at));
    }

    WebhookRequest genuine(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return request(headers(bytes, NOW), bytes);
    }

    static WebhookRequest request(Map<String, String> headers, byte[] body) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new WebhookRequest("POST", URI.create("https://calls.test/hook"), lists, body, NOW);
    }

    /** Secrets and how they are used. */
    private static final class Keys {

        static final Secret SECRET = Secret.of("a webhook secret of 32 characters");
        static final CallbackCipher ENVELOPE = new CallbackCipher(
                Secret.of("token"), Secret.of("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"), "corp");
        static final KeyPair ED25519 = pair("Ed25519", 0);
        static final KeyPair EC = pair("EC", 256);
        static final KeyPair RSA = pair("RSA", 2048);

        static KeyedSignature.Builder timed() {
            return KeyedSignature.in("Sig", SECRET)
                    .algorithm("HmacSHA256")
                    .content((request, secret) -> SignedContent.join(
                            request.body(), request.header("Time").orElse(""), ":"));
        }

        static Map<String, String> timed(byte[] body, String time) {
            return Map.of(
                    "Sig", hex(Macs.hmac("HmacSHA256", SECRET, SignedContent.join(body, time, ":"))), "Time", time);
        }

        static Map<String, String> feishu(byte[] body, Instant at) {
            byte[] signed = SignedContent.join(body, seconds(at), "nonce", SECRET.reveal());
            return Map.of(
                    "X-Lark-Signature", hex(Macs.digest("SHA-256", signed)),
                    "X-Lark-Request-Timestamp", seconds(at),
                    "X-Lark-Request-Nonce", "nonce");
        }

        static Map<String, String> standard(Instant at, String signature) {
            return Map.of("webhook-id", "msg_1", "webhook-timestamp", seconds(at), "webhook-signature", signature);
        }

        static byte[] whole(byte[] body, Instant at) {
            return SignedContent.join(body, "msg_1.", seconds(at), ".");
        }

        static Map<String, String> publicly(String algorithm, KeyPair keys, byte[] body, Instant at) {
            byte[] signed = signed(algorithm, keys, SignedContent.join(body, seconds(at)));
            return Map.of("Sig", base64(signed), "Time", seconds(at));
        }

        static String rawPublicKey() {
            byte[] encoded = ED25519.getPublic().getEncoded();
            return base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        }

        static byte[] signed(String algorithm, KeyPair keys, byte[] content) {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(keys.getPrivate());
                signature.update(content);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static KeyPair pair(String algorithm, int size) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
                if (size > 0) {
                    generator.initialize(size);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        static String seconds(Instant at) {
            return Long.toString(at.getEpochSecond());
        }

        static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        static String base64(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
