package io.trunkline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.ParameterSignature.Form;
import io.trunkline.mapping.Json;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Signatures over requests, by the vectors that platforms and standards publish. */
final class RequestSignatureVectorsTest {

    /** One vector: what goes in and what must come out. */
    record Vector(String name, Map<String, Object> in, Map<String, Object> out) {

        String in(String key) {
            return String.valueOf(in.get(key));
        }

        String out(String key) {
            return String.valueOf(out.get(key));
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> map(String key) {
            return (Map<String, Object>) in.get(key);
        }

        Map<String, String> texts(String key) {
            Map<String, String> texts = new LinkedHashMap<>();
            map(key).forEach((name, value) -> texts.put(name, String.valueOf(value)));
            return texts;
        }

        Secret secret(String key) {
            return Secret.of(in(key));
        }
    }

    private static final Map<String, Consumer<Vector>> CHECKS = Map.of(
            "AWS SigV4", RequestSignatureVectorsTest::aws,
            "tencent", RequestSignatureVectorsTest::tencent,
            "volcengine", RequestSignatureVectorsTest::volcengine,
            "aliyun", RequestSignatureVectorsTest::aliyun,
            "taobao", RequestSignatureVectorsTest::taobao,
            "jd", v -> between(v, "appSecret"),
            "pinduoduo", v -> between(v, "clientSecret"),
            "WooCommerce", RequestSignatureVectorsTest::oauth,
            "OAuth 1.0a (WooCommerce over http)", RequestSignatureVectorsTest::oauth,
            "iflytek", RequestSignatureVectorsTest::iflytek);

    /** Forms of one platform alone, which its connector will hold. */
    private static final List<String> WITHOUT_CONNECTOR = List.of("kingdee");

    @TestFactory
    Stream<DynamicTest> signature_publishedVector_fits() throws IOException {
        return vectors()
                .filter(vector -> !WITHOUT_CONNECTOR.contains(platform(vector)))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(), () -> CHECKS.get(platform(vector)).accept(vector)));
    }

    private static void aws(Vector v) {
        Map<String, Object> context = v.map("context");
        @SuppressWarnings("unchecked")
        Map<String, String> credentials = (Map<String, String>) context.get("credentials");
        Instant time = Instant.parse(String.valueOf(context.get("timestamp")));
        boolean normalize = Boolean.TRUE.equals(context.get("normalize"));
        CanonicalRequest request = RawHttp.parse(v.in("request"))
                .canonical(credentials.get("token"), Boolean.TRUE.equals(context.get("sign_body")), normalize);
        CanonicalSignature signature = CanonicalSignature.aws(
                credentials.get("access_key_id"),
                Secret.of(credentials.get("secret_access_key")),
                String.valueOf(context.get("region")),
                String.valueOf(context.get("service")));

        assertEquals(v.out("canonical_request"), request.text());
        assertEquals(v.out("signature"), signature.signature(request, time));
    }

    private static void tencent(Vector v) {
        if (v.in.containsKey("payload")) {
            String hash = Macs.sha256Hex(v.in("payload"));
            CanonicalRequest request =
                    new CanonicalRequest(v.in("method"), "/", "", new TreeMap<>(v.texts("headers")), hash);
            CanonicalSignature signature =
                    CanonicalSignature.tencent(v.in("secretId"), v.secret("secretKey"), v.in("service"));
            Instant time = Instant.ofEpochSecond(Long.parseLong(v.in("timestamp")));
            assertEquals(v.out("canonicalRequest"), request.text());
            assertEquals(v.out("authorization"), signature.authorization(request, time));
            return;
        }
        String before = v.in.containsKey("appid")
                ? "asr.cloud.tencent.com/asr/v2/" + v.in("appid") + "?"
                : v.in("method") + v.in("host") + v.in("path") + "?";
        ParameterSignature signature = ParameterSignature.of(Form.QUERY_HMAC_SHA1, v.secret("secretKey"));
        assertEquals(v.out("signatureBase64"), signature.over(v.texts("params"), query -> before + query));
    }

    private static void volcengine(Vector v) {
        if (!v.out.containsKey("signatureHex")) {
            String hash = Macs.sha256Hex(v.out("canonicalRequest"));
            assertEquals(v.out("hashedCanonicalRequest"), hash);
            return;
        }
        StringBuilder query = new StringBuilder();
        v.texts("query")
                .forEach((name, value) ->
                        query.append('&').append(name).append('=').append(value));
        SortedMap<String, String> headers = new TreeMap<>(v.texts("headers"));
        CanonicalRequest request = new CanonicalRequest(
                v.in("method"), "/", CanonicalRequest.query(query.toString()), headers, Macs.sha256Hex(v.in("body")));
        CanonicalSignature signature =
                CanonicalSignature.volcengine("AKEXAMPLE", v.secret("secretKey"), v.in("region"), v.in("service"));
        String day = headers.get("x-date");
        Instant time = Instant.parse(day.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
        assertEquals(v.out("canonicalRequest"), request.text());
        assertEquals(v.out("signatureHex"), signature.signature(request, time));
    }

    private static void aliyun(Vector v) {
        String signature =
                ParameterSignature.encoded(v.in("method"), "/", v.texts("params"), v.secret("accessKeySecret"), null);
        String published = v.out.containsKey("signatureBase64") ? v.out("signatureBase64") : v.out("signature");
        assertEquals(published, signature);
    }

    private static void taobao(Vector v) {
        Map<String, String> parameters = v.texts("params");
        Form form = switch (parameters.get("sign_method")) {
            case "md5" -> Form.MD5_BETWEEN_SECRETS;
            case "hmac" -> Form.PLAIN_HMAC_MD5;
            default -> Form.PLAIN_HMAC_SHA256;
        };
        assertEquals(
                v.out("sign"),
                ParameterSignature.of(form, v.secret("appSecret")).over(parameters));
    }

    private static void between(Vector v, String secret) {
        ParameterSignature signature = ParameterSignature.of(Form.MD5_BETWEEN_SECRETS, v.secret(secret));
        assertEquals(v.out("sign"), signature.over(Map.of(), none -> v.in("concatenated")));
    }

    private static void oauth(Vector v) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Object pair : (List<?>) v.in.get("params")) {
            parameters.put(String.valueOf(((List<?>) pair).get(0)), String.valueOf(((List<?>) pair).get(1)));
        }
        Secret token = v.in.containsKey("token_secret") ? v.secret("token_secret") : null;
        assertEquals(
                v.out("signature"),
                ParameterSignature.encoded(
                        v.in("method"), v.in("url"), parameters, v.secret("consumer_secret"), token));
    }

    private static void iflytek(Vector v) {
        boolean webSocket = v.in.containsKey("host");
        String text = webSocket
                ? "host: " + v.in("host") + "\ndate: " + v.in("date") + "\n" + v.in("requestLine")
                : HexFormat.of().formatHex(Macs.digest("MD5", utf8(v.in("appId") + v.in("ts"))));
        byte[] mac = webSocket
                ? Macs.hmac("HmacSHA256", v.secret("apiSecret"), utf8(text))
                : Macs.hmac("HmacSHA1", v.secret("secretKey"), utf8(text));
        assertEquals(
                v.out(webSocket ? "signatureBase64" : "signaBase64"),
                Base64.getEncoder().encodeToString(mac));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String platform(Vector vector) {
        return vector.name().substring(0, vector.name().lastIndexOf(' '));
    }

    @SuppressWarnings("unchecked")
    private static Stream<Vector> vectors() throws IOException {
        try (InputStream file =
                RequestSignatureVectorsTest.class.getResourceAsStream("/request-signature-vectors.json")) {
            String document = "{\"all\":" + new String(file.readAllBytes(), StandardCharsets.UTF_8) + "}";
            List<Map<String, Object>> all =
                    (List<Map<String, Object>>) Json.object(utf8(document)).get("all");
            assertTrue(all.size() >= 45, "vectors are missing");
            return all.stream()
                    .map(each ->
                            new Vector(String.valueOf(each.get("name")), (Map<String, Object>) each.get("inputs"), (Map<
                                            String, Object>)
                                    each.get("expected")));
        }
    }

    /** A request as the vectors of AWS write it. */
    private record RawHttp(String method, String path, String query, SortedMap<String, String> headers, String body) {

        static RawHttp parse(String text) {
            String[] parts = text.split("\n\n", 2);
            List<String> lines = parts[0].lines().toList();
            String target = lines.get(0)
                    .substring(lines.get(0).indexOf(' ') + 1, lines.get(0).lastIndexOf(" HTTP"));
            SortedMap<String, String> headers = new TreeMap<>();
            String last = "";
            for (int i = 1; i < lines.size(); i++) {
                int colon = lines.get(i).indexOf(':');
                boolean folded = lines.get(i).startsWith(" ");
                last = folded ? last : lines.get(i).substring(0, colon).toLowerCase(Locale.ROOT);
                String value = CanonicalRequest.value(
                        folded ? lines.get(i) : lines.get(i).substring(colon + 1));
                headers.merge(last, value, (before, more) -> before + (folded ? " " : ",") + more);
            }
            int question = target.indexOf('?');
            return new RawHttp(
                    lines.get(0).substring(0, lines.get(0).indexOf(' ')),
                    question < 0 ? target : target.substring(0, question),
                    question < 0 ? "" : target.substring(question + 1),
                    headers,
                    parts.length > 1 ? parts[1] : "");
        }

        CanonicalRequest canonical(String token, boolean signBody, boolean normalize) {
            SortedMap<String, String> all = new TreeMap<>(headers);
            all.put("x-amz-date", "20150830T123600Z");
            if (token != null) {
                all.put("x-amz-security-token", token);
            }
            String hash = Macs.sha256Hex(body);
            if (signBody) {
                all.put("x-amz-content-sha256", hash);
            }
            return new CanonicalRequest(
                    method, CanonicalRequest.path(path, normalize), CanonicalRequest.query(query), all, hash);
        }
    }
}
