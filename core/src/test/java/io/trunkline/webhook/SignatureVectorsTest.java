package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Macs;
import io.trunkline.mapping.Json;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signatures that platforms and standards have published, or that two other implementations agree on. */
final class SignatureVectorsTest {

    /** One vector: what goes in and what must come out. */
    record Vector(String name, Map<String, Object> in, Map<String, Object> out) {

        String in(String key) {
            return String.valueOf(in.get(key));
        }

        String out(String key) {
            return String.valueOf(out.get(key));
        }

        String platform() {
            return name.substring(0, name.lastIndexOf(' '));
        }
    }

    private static final Map<String, Consumer<Vector>> CHECKS = new TreeMap<>(Map.ofEntries(
            Map.entry("wechat", SignatureVectorsTest::wechat),
            Map.entry("wecom", v -> envelope(v, "encodingAesKey", "corpId")),
            Map.entry("dingtalk", SignatureVectorsTest::dingtalk),
            Map.entry("yonyou", SignatureVectorsTest::yonyou),
            Map.entry(
                    "fxiaoke",
                    v -> assertEquals(
                            v.out("sig"),
                            CallbackCipher.sortedSha1(
                                    v.in("token"), v.in("timeStamp"), v.in("nonce"), v.in("content")))),
            Map.entry("feishu", SignatureVectorsTest::feishu),
            Map.entry("volcengine", SignatureVectorsTest::volcengine),
            Map.entry(
                    "Slack",
                    v -> signed(
                            v,
                            KeyedSignature.in("S", secret(v, "signing_secret"))
                                    .algorithm("HmacSHA256")
                                    .prefix("v0=")
                                    .seconds("T")
                                    .content((r, s) -> SignedContent.join(r.body(), "v0:", v.in("timestamp"), ":")),
                            Instant.ofEpochSecond(Long.parseLong(v.in("timestamp"))))),
            Map.entry(
                    "Zendesk",
                    v -> signed(
                            v,
                            KeyedSignature.in("S", secret(v, "signing_secret"))
                                    .algorithm("HmacSHA256")
                                    .base64()
                                    .isoTime("T")
                                    .content((r, s) -> SignedContent.join(r.body(), v.in("timestamp"))),
                            Instant.parse(v.in("timestamp")))),
            Map.entry("HubSpot", SignatureVectorsTest::hubSpot),
            Map.entry("LINE", v -> signed(v, base64("channel_secret", v), Instant.EPOCH)),
            Map.entry("WooCommerce", v -> {
                if (v.in.containsKey("raw_body")) {
                    signed(v, base64("secret", v), Instant.EPOCH);
                } else {
                    mac(v, "HmacSHA1", v.in("consumer_secret") + "&", v.out("base_string"), v.out("signature"));
                }
            }),
            Map.entry("Shopify", SignatureVectorsTest::shopify),
            Map.entry("Intercom", v -> signed(v, hub("HmacSHA1", "sha1=", "client_secret", v), Instant.EPOCH)),
            Map.entry(
                    "Meta (WhatsApp/Messenger)",
                    v -> signed(v, hub("HmacSHA256", "sha256=", "app_secret", v), Instant.EPOCH)),
            Map.entry(
                    "Mailgun",
                    v -> assertEquals(
                            v.out("signature"),
                            hex("HmacSHA256", v.in("signing_key"), v.in("timestamp") + v.in("token")))),
            Map.entry(
                    "Salesforce",
                    v -> mac(
                            v,
                            "HmacSHA256",
                            v.in("client_secret"),
                            v.in("id") + v.in("issued_at"),
                            v.out("signature"))),
            Map.entry("SendGrid", SignatureVectorsTest::sendGrid),
            Map.entry("Standard Webhooks", SignatureVectorsTest::standardWebhooks),
            Map.entry("Ed25519", SignatureVectorsTest::ed25519),
            Map.entry(
                    "HMAC-SHA256",
                    v -> assertEquals(
                            v.out("mac_hex"),
                            HexFormat.of()
                                    .formatHex(
                                            Macs.hmac("HmacSHA256", bytes(v.in("key_hex")), bytes(v.in("data_hex")))))),
            Map.entry("JWS", SignatureVectorsTest::jws)));

    /** Held by the tests of the package that uses them. */
    private static final List<String> ELSEWHERE = List.of("Twilio", "OAuth PKCE", "OAuth 2.0", "W3C Trace Context");

    /** Kept for the connectors that will need them; nothing of the library makes or checks these forms yet. */
    private static final List<String> WITHOUT_CONNECTOR = List.of("Vonage", "youzan");

    @TestFactory
    Stream<DynamicTest> signature_publishedVector_fits() throws IOException {
        return vectors()
                .filter(vector -> CHECKS.containsKey(vector.platform()))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(), () -> CHECKS.get(vector.platform()).accept(vector)));
    }

    @Test
    void everyVector_hasItsCheckHereOrElsewhere() throws IOException {
        List<String> without = vectors()
                .map(Vector::platform)
                .distinct()
                .filter(platform -> !CHECKS.containsKey(platform))
                .filter(platform -> !ELSEWHERE.contains(platform) && !WITHOUT_CONNECTOR.contains(platform))
                .toList();

        assertEquals(List.of(), without);
    }

    @SuppressWarnings("unchecked")
    static Stream<Vector> vectors() throws IOException {
        try (InputStream file = SignatureVectorsTest.class.getResourceAsStream("/signature-vectors.json")) {
            String document = "{\"all\":" + new String(file.readAllBytes(), StandardCharsets.UTF_8) + "}";
            List<Map<String, Object>> all = (List<Map<String, Object>>)
                    Json.object(document.getBytes(StandardCharsets.UTF_8)).get("all");
            return all.stream()
                    .map(each ->
                            new Vector(String.valueOf(each.get("name")), (Map<String, Object>) each.get("inputs"), (Map<
                                            String, Object>)
                                    each.get("expected")));
        }
    }

    /** The genuine request passes; with another body, another signature or another secret it does not. */
    private static void signed(Vector v, KeyedSignature.Builder builder, Instant now) {
        KeyedSignature scheme = builder.build();
        String signature = v.out.containsKey("header") ? v.out("header") : v.out("signature");
        scheme.verify(request(v, v.in("raw_body"), signature, now));
        ForgedWebhookException forged = assertThrows(
                ForgedWebhookException.class, () -> scheme.verify(request(v, v.in("raw_body") + " ", signature, now)));
        assertEquals("the signature is wrong", forged.getMessage());
        assertThrows(ForgedWebhookException.class, () -> scheme.verify(request(v, v.in("raw_body"), "x", now)));
        if (v.in.containsKey("timestamp")) {
            assertThrows(
                    ForgedWebhookException.class,
                    () -> scheme.verify(request(v, v.in("raw_body"), signature, now.plusSeconds(301))));
            assertThrows(
                    ForgedWebhookException.class,
                    () -> scheme.verify(request(v, v.in("raw_body"), signature, now.minusSeconds(301))));
        }
    }

    private static WebhookRequest request(Vector v, String body, String signature, Instant now) {
        return new WebhookRequest(
                v.in.containsKey("method") ? v.in("method") : "POST",
                URI.create(v.in.containsKey("url") ? v.in("url") : "https://host.test/hook"),
                Map.of("S", List.of(signature), "T", List.of(v.in("timestamp"))),
                body.getBytes(StandardCharsets.UTF_8),
                now);
    }

    private static void wechat(Vector v) {
        if (v.in.get("strings") instanceof List<?> strings) {
            String[] parts = strings.stream().map(String::valueOf).toArray(String[]::new);
            String joined = Stream.of(parts).sorted().collect(Collectors.joining("&"));
            String plain = CallbackCipher.sortedSha1(parts);
            String ampersands = HexFormat.of().formatHex(Macs.digest("SHA-1", utf8(joined)));
            assertTrue(List.of(plain, ampersands).contains(v.out("sha1")));
            return;
        }
        CallbackCipher cipher = new CallbackCipher(secret(v, "token"), secret(v, "encodingAesKey"), v.in("appId"));
        assertEquals(v.out("encryptBase64"), cipher.seal(v.in("plain"), utf8(v.in("random16"))));
        assertEquals(v.in("plain"), cipher.open(v.out("encryptBase64")));
        assertEquals(
                v.out("msg_signature"), cipher.signature(v.in("timestamp"), v.in("nonce"), v.out("encryptBase64")));
    }

    private static void envelope(Vector v, String key, String receiver) {
        CallbackCipher cipher = new CallbackCipher(secret(v, "token"), secret(v, key), v.in(receiver));
        cipher.verify(v.out("msg_signature"), v.in("timestamp"), v.in("nonce"), v.in("encrypt"));
        assertEquals(v.out("plain"), cipher.open(v.in("encrypt")));
        assertEquals(v.in("encrypt"), cipher.seal(v.out("plain"), utf8(v.out("random16"))));
        assertThrows(
                ForgedWebhookException.class,
                () -> cipher.verify(v.out("msg_signature"), v.in("timestamp"), v.in("nonce") + "x", v.in("encrypt")));
        CallbackCipher other = new CallbackCipher(secret(v, "token"), secret(v, key), "another");
        assertThrows(ForgedWebhookException.class, () -> other.open(v.in("encrypt")));
    }

    private static void dingtalk(Vector v) {
        if (v.in.containsKey("encrypt")) {
            envelope(v, "aesKey", "ownerKey");
        } else if (v.in.containsKey("timestampMillis")) {
            mac(v, "HmacSHA256", v.in("secret"), v.out("stringToSign"), v.out("signBase64"));
        } else if (v.in.containsKey("headerTimestamp")) {
            mac(v, "HmacSHA256", v.in("appSecret"), v.in("headerTimestamp") + "\n" + v.in("appSecret"), v.out("sign"));
        } else {
            // A text without length and owner cannot be an envelope: it must be refused, not read beyond its end.
            CallbackCipher cipher = new CallbackCipher(Secret.of("t"), secret(v, "aesKey"), "");
            assertThrows(ForgedWebhookException.class, () -> cipher.open(v.out("encryptBase64")));
        }
    }

    private static void yonyou(Vector v) {
        if (v.in.containsKey("plain")) {
            CallbackCipher cipher =
                    new CallbackCipher(secret(v, "appSecret"), secret(v, "derivedEncodingAesKey"), v.in("appKey"));
            assertEquals(v.out("encrypt"), cipher.seal(v.in("plain"), utf8(v.in("random16"))));
            cipher.verify(v.out("msgSignature"), v.in("timestamp"), v.in("nonce"), v.out("encrypt"));
        } else {
            mac(v, "HmacSHA256", v.in("appSecret"), v.out("stringToSign"), v.out("signatureBase64"));
        }
    }

    private static void feishu(Vector v) {
        if (v.in.containsKey("encrypt")) {
            assertEquals(v.out("plain"), new FeishuCipher(secret(v, "encryptKey")).open(v.in("encrypt")));
            assertThrows(
                    ForgedWebhookException.class, () -> new FeishuCipher(Secret.of("other")).open(v.in("encrypt")));
        } else if (v.in.containsKey("rawBody")) {
            byte[] signed = SignedContent.join(
                    utf8(v.in("rawBody")),
                    v.in("X-Lark-Request-Timestamp"),
                    v.in("X-Lark-Request-Nonce"),
                    v.in("encryptKey"));
            assertEquals(v.out("X-Lark-Signature"), HexFormat.of().formatHex(Macs.digest("SHA-256", signed)));
        } else {
            String key = v.in("timestampSeconds") + "\n" + v.in("secret");
            mac(v, "HmacSHA256", key, "", v.out("sign"));
        }
    }

    private static void volcengine(Vector v) {
        if (v.in.containsKey("secureKey")) {
            String text = v.in("timestamp") + v.in("nonce") + v.in("payload");
            assertEquals(v.out("signatureHex"), hex("HmacSHA256", v.in("secureKey"), text));
        } else {
            String hash = HexFormat.of().formatHex(Macs.digest("SHA-256", utf8(v.out("canonicalRequest"))));
            assertEquals(v.out("hashedCanonicalRequest"), hash);
        }
    }

    private static void hubSpot(Vector v) {
        signed(
                v,
                KeyedSignature.in("S", secret(v, "client_secret"))
                        .algorithm("SHA-256")
                        .content((r, s) -> v.in.containsKey("url")
                                ? SignedContent.join(
                                        r.body(),
                                        s.reveal(),
                                        r.method(),
                                        r.url().toString())
                                : SignedContent.join(r.body(), s.reveal())),
                Instant.EPOCH);
    }

    private static void shopify(Vector v) {
        if (v.in.containsKey("raw_body")) {
            signed(v, base64("client_secret", v), Instant.EPOCH);
        } else {
            assertEquals(v.out("hmac"), hex("HmacSHA256", v.in("client_secret"), v.in("query")));
        }
    }

    private static void sendGrid(Vector v) {
        PublicKey key = PublicKeySignature.key("EC", v.in("public_key_spki_b64"));
        PublicKeySignature scheme = new PublicKeySignature("S", "T", "SHA256withECDSA", key);
        WebhookRequest request =
                request(v, v.in("raw_body"), v.in("signature_b64_der"), Instant.ofEpochSecond(1600112502));
        assertThrows(ForgedWebhookException.class, () -> scheme.verify(request));
    }

    private static void standardWebhooks(Vector v) {
        StandardWebhooks scheme = v.in.containsKey("secret")
                ? StandardWebhooks.secrets(List.of(secret(v, "secret")))
                : StandardWebhooks.publicKey(v.in("public_key"));
        Instant now = Instant.ofEpochSecond(Long.parseLong(v.in("webhook-timestamp")));
        if (v.out.containsKey("valid")) {
            WebhookRequest forged = standard(v, v.in("webhook-signature"), now);
            assertThrows(ForgedWebhookException.class, () -> scheme.verify(forged));
            return;
        }
        scheme.verify(standard(v, v.out("webhook-signature"), now));
        scheme.verify(standard(v, "v1,AAAA v9,x " + v.out("webhook-signature"), now));
        WebhookRequest late = standard(v, v.out("webhook-signature"), now.plusSeconds(301));
        assertThrows(ForgedWebhookException.class, () -> scheme.verify(late));
    }

    private static WebhookRequest standard(Vector v, String signature, Instant now) {
        return new WebhookRequest(
                "POST",
                URI.create("https://host.test/hook"),
                Map.of(
                        "webhook-id", List.of(v.in("webhook-id")),
                        "webhook-timestamp", List.of(v.in("webhook-timestamp")),
                        "webhook-signature", List.of(signature)),
                utf8(v.in("raw_body")),
                now);
    }

    private static void ed25519(Vector v) {
        byte[] prefixed = bytes("302a300506032b6570032100" + v.out("public_key_hex"));
        PublicKey key = PublicKeySignature.key("Ed25519", Base64.getEncoder().encodeToString(prefixed));
        byte[] signature = bytes(v.out("signature_hex"));
        assertTrue(PublicKeySignature.valid("Ed25519", key, bytes(v.in("message_hex")), signature));
    }

    private static void jws(Vector v) {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String content = url.encodeToString(utf8(v.in("header"))) + "." + url.encodeToString(utf8(v.in("payload")));
        byte[] key = Base64.getUrlDecoder().decode(v.in("key_b64url"));
        assertEquals(v.out("jws"), content + "." + url.encodeToString(Macs.hmac("HmacSHA256", key, utf8(content))));
    }

    private static KeyedSignature.Builder base64(String key, Vector v) {
        return KeyedSignature.in("S", secret(v, key)).algorithm("HmacSHA256").base64();
    }

    private static KeyedSignature.Builder hub(String algorithm, String prefix, String key, Vector v) {
        return KeyedSignature.in("S", secret(v, key)).algorithm(algorithm).prefix(prefix);
    }

    private static void mac(Vector v, String algorithm, String key, String text, String base64) {
        byte[] mac = Macs.hmac(algorithm, utf8(key), utf8(text));
        assertEquals(base64, Base64.getEncoder().encodeToString(mac), v.name());
    }

    private static String hex(String algorithm, String key, String text) {
        return HexFormat.of().formatHex(Macs.hmac(algorithm, utf8(key), utf8(text)));
    }

    private static Secret secret(Vector v, String key) {
        return Secret.of(v.in(key));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
