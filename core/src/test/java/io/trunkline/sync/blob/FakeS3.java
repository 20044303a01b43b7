package io.trunkline.sync.blob;

import io.trunkline.checks.LocalServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** An object store that verifies every signature by a reading of its own, and knows objects and multipart uploads. */
final class FakeS3 implements AutoCloseable {

    static final String REGION = "us-east-1";
    static final String KEY_ID = "AKIDEXAMPLE";

    final Map<String, byte[]> objects = new TreeMap<>();
    final Map<String, Map<Integer, byte[]>> uploads = new TreeMap<>();
    final List<String> refusals = new ArrayList<>();
    private final String secret;
    private final LocalServer server = LocalServer.answering(this::answer);
    private int ids;
    boolean failsCompletionLate;

    FakeS3(String secret) {
        this.secret = secret;
    }

    URI address() {
        return server.uri().resolve("/bucket/some/folder");
    }

    byte[] object(String key) {
        return objects.get("/bucket/some/folder/" + key);
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        byte[] body =
                request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
        String wrong = SignatureReading.problem(request, body, secret);
        if (!wrong.isEmpty()) {
            refusals.add(wrong);
            return status(403, "");
        }
        String path = URLDecoder.decode(request.getUrl().encodedPath(), StandardCharsets.UTF_8);
        String upload = request.getUrl().queryParameter("uploadId");
        return switch (String.valueOf(request.getMethod())) {
            case "GET" ->
                objects.containsKey(path)
                        ? new MockResponse.Builder()
                                .code(200)
                                .body(new okio.Buffer().write(objects.get(path)))
                                .build()
                        : status(404, "<Error><Code>NoSuchKey</Code></Error>");
            case "PUT" -> put(path, upload, request.getUrl().queryParameter("partNumber"), body);
            case "POST" -> upload == null ? begin() : complete(path, upload, new String(body, StandardCharsets.UTF_8));
            default -> {
                if (upload == null) {
                    objects.remove(path);
                } else {
                    uploads.remove(upload);
                }
                yield status(204, "");
            }
        };
    }

    private MockResponse begin() {
        String id = "upload-" + ++ids;
        uploads.put(id, new TreeMap<>());
        return status(
                200,
                "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><UploadId>" + id
                        + "</UploadId></InitiateMultipartUploadResult>");
    }

    private MockResponse put(String path, String upload, String number, byte[] body) {
        if (upload == null) {
            objects.put(path, body);
        } else {
            uploads.get(upload).put(Integer.parseInt(number), body);
        }
        return new MockResponse.Builder()
                .code(200)
                .addHeader("ETag", etag(body))
                .build();
    }

    private MockResponse complete(String path, String upload, String list) {
        if (failsCompletionLate) {
            failsCompletionLate = false;
            return status(200, "<Error><Code>InternalError</Code></Error>");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Matcher part = Pattern.compile("<PartNumber>(\\d+)</PartNumber><ETag>(.*?)</ETag>")
                .matcher(list);
        while (part.find()) {
            byte[] piece = uploads.get(upload).get(Integer.parseInt(part.group(1)));
            if (!etag(piece).equals(part.group(2).replace("&quot;", "\""))) {
                return status(400, "<Error><Code>InvalidPart</Code></Error>");
            }
            whole.writeBytes(piece);
        }
        uploads.remove(upload);
        objects.put(path, whole.toByteArray());
        return status(200, "<CompleteMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
    }

    private static String etag(byte[] body) {
        return "\"" + SignatureReading.sha256(body).substring(0, 32) + "\"";
    }

    private static MockResponse status(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/xml")
                .body(body)
                .build();
    }

    /** How the reference says that a signature is made, written down once more. */
    private static final class SignatureReading {

        private static final Pattern FORM = Pattern.compile(
                "AWS4-HMAC-SHA256 Credential=(.+?)/(\\d{8})/(.+?)/s3/aws4_request, SignedHeaders=(.+?), Signature=(.+)");

        static String problem(RecordedRequest request, byte[] body, String secret) {
            String given = request.getHeaders().get("Authorization");
            Matcher form = FORM.matcher(given == null ? "" : given);
            if (!form.matches()
                    || !form.group(1).equals(KEY_ID)
                    || !form.group(3).equals(REGION)) {
                return "no signature of the form";
            }
            String bodyHash = request.getHeaders().get("x-amz-content-sha256");
            if (!sha256(body).equals(bodyHash)) {
                return "the body is another";
            }
            StringBuilder text = new StringBuilder(request.getMethod()).append('\n');
            String path = URLDecoder.decode(request.getUrl().encodedPath(), StandardCharsets.UTF_8);
            text.append(encode(path).replace("%2F", "/")).append('\n');
            TreeMap<String, String> query = new TreeMap<>();
            for (String name : request.getUrl().queryParameterNames()) {
                query.put(encode(name), encode(request.getUrl().queryParameter(name)));
            }
            List<String> pairs = new ArrayList<>();
            query.forEach((name, value) -> pairs.add(name + "=" + value));
            text.append(String.join("&", pairs)).append('\n');
            for (String name : form.group(4).split(";", -1)) {
                text.append(name)
                        .append(':')
                        .append(request.getHeaders().get(name))
                        .append('\n');
            }
            text.append('\n').append(form.group(4)).append('\n').append(bodyHash);
            String scope = form.group(2) + "/" + REGION + "/s3/aws4_request";
            String toSign = "AWS4-HMAC-SHA256\n" + request.getHeaders().get("x-amz-date") + "\n" + scope + "\n"
                    + sha256(text.toString().getBytes(StandardCharsets.UTF_8));
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String part : scope.split("/", -1)) {
                key = hmac(key, part);
            }
            return HexFormat.of().formatHex(hmac(key, toSign)).equals(form.group(5)) ? "" : "the signature is another";
        }

        static String sha256(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] hmac(byte[] key, String text) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String encode(String text) {
            return URLEncoder.encode(text == null ? "" : text, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A")
                    .replace("%7E", "~");
        }
    }
}
