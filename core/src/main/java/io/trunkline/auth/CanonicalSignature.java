package io.trunkline.auth;

import io.trunkline.http.OutgoingRequest;
import io.trunkline.value.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The family of signatures that AWS began: a canonical request, a day's key derived from the secret, an {@code
 * Authorization} header. Signs host, media type, time and body. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS Signature
 *     Version 4</a>
 * @see <a href="https://cloud.tencent.com/document/api/213/30654">Tencent TC3-HMAC-SHA256</a>
 * @see <a href="https://www.volcengine.com/docs/6369/67269">Volcengine signature</a>
 */
public final class CanonicalSignature implements RequestSigner {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SignatureDialect dialect;
    private final String keyId;
    private final Secret key;
    private final @Nullable Secret sessionToken;
    private final String place;

    private CanonicalSignature(
            SignatureDialect dialect, String keyId, Secret key, @Nullable Secret sessionToken, String place) {
        this.dialect = dialect;
        this.keyId = keyId;
        this.key = key;
        this.sessionToken = sessionToken;
        this.place = place;
    }

    /**
     * AWS Signature Version 4, for services other than S3.
     *
     * @param keyId the access key's id
     * @param key the secret access key
     * @param region such as {@code eu-central-1}
     * @param service the service's name in signatures, such as {@code ses}
     */
    public static CanonicalSignature aws(String keyId, Secret key, String region, String service) {
        return new CanonicalSignature(SignatureDialect.AWS, keyId, key, null, region + "/" + service);
    }

    /**
     * AWS Signature Version 4 as S3 and what is compatible with it want it: the path is signed as it is, with its dots
     * and slashes.
     *
     * @param keyId the access key's id
     * @param key the secret access key
     * @param region such as {@code eu-central-1}
     */
    public static CanonicalSignature s3(String keyId, Secret key, String region) {
        return new CanonicalSignature(SignatureDialect.S3, keyId, key, null, region + "/s3");
    }

    /** Volcengine's signature; parameters as with AWS. */
    public static CanonicalSignature volcengine(String keyId, Secret key, String region, String service) {
        return new CanonicalSignature(SignatureDialect.VOLCENGINE, keyId, key, null, region + "/" + service);
    }

    /**
     * Tencent Cloud's TC3-HMAC-SHA256. The header {@code X-TC-Action} is signed if the request has it.
     *
     * @param keyId the SecretId
     * @param key the SecretKey
     * @param service such as {@code sms}
     */
    public static CanonicalSignature tencent(String keyId, Secret key, String service) {
        return new CanonicalSignature(SignatureDialect.TENCENT, keyId, key, null, service);
    }

    /** A copy for a credential that was lent for a while and comes with a session token. */
    public CanonicalSignature session(Secret token) {
        return new CanonicalSignature(dialect, keyId, key, token, place);
    }

    @Override
    public void sign(OutgoingRequest request, Instant now) {
        String bodyHash = HexFormat.of().formatHex(Macs.digest("SHA-256", request.body()));
        request.header(dialect.timeHeader(), stamp(now));
        dialect.hashHeader().ifPresent(name -> request.header(name, bodyHash));
        if (sessionToken != null) {
            request.header(dialect.tokenHeader(), sessionToken.reveal());
        }
        CanonicalRequest canonical = new CanonicalRequest(
                request.method(),
                path(request.encodedPath()),
                CanonicalRequest.query(request.encodedQuery()),
                signed(request),
                bodyHash);
        request.header("Authorization", authorization(canonical, now));
    }

    private String path(String sent) {
        return switch (dialect) {
            case TENCENT -> "/";
            case S3 -> CanonicalRequest.decodedPath(sent);
            case AWS, VOLCENGINE -> CanonicalRequest.path(sent, true);
        };
    }

    String authorization(CanonicalRequest request, Instant now) {
        return dialect.algorithm() + " Credential=" + keyId + "/" + scope(now) + ", SignedHeaders="
                + request.signedHeaders() + ", Signature=" + signature(request, now);
    }

    String signature(CanonicalRequest request, Instant now) {
        String text = String.join("\n", dialect.algorithm(), stamp(now), scope(now), Macs.sha256Hex(request.text()));
        byte[] derived = (dialect.keyPrefix() + key.reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope(now).split("/", -1)) {
            derived = mac(derived, part);
        }
        return HexFormat.of().formatHex(mac(derived, text));
    }

    private SortedMap<String, String> signed(OutgoingRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host(request.url()));
        for (String name : dialect.signedHeaders()) {
            request.header(name).ifPresent(value -> headers.put(name, CanonicalRequest.value(value)));
        }
        request.contentType().ifPresent(value -> headers.put("content-type", CanonicalRequest.value(value)));
        headers.computeIfPresent("x-tc-action", (name, action) -> action.toLowerCase(Locale.ROOT));
        return headers;
    }

    private static String host(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private String stamp(Instant now) {
        return dialect == SignatureDialect.TENCENT ? String.valueOf(now.getEpochSecond()) : SECOND.format(now);
    }

    private String scope(Instant now) {
        String day = dialect == SignatureDialect.TENCENT
                ? now.atOffset(ZoneOffset.UTC).toLocalDate().toString()
                : DAY.format(now);
        return day + "/" + place + "/" + dialect.terminator();
    }

    private static byte[] mac(byte[] key, String text) {
        return Macs.hmac("HmacSHA256", key, text.getBytes(StandardCharsets.UTF_8));
    }
}
