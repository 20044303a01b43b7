package io.trunkline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of the S3 reference.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature calculations</a>
 */
final class S3SignatureTest {

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

    private final CanonicalSignature signature = CanonicalSignature.s3(
            "AKIAIOSFODNN7EXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");

    @Test
    void signature_getWithRange_isThePublishedOne() {
        Map<String, String> headers = Map.of("range", "bytes=0-9");

        assertEquals(
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                sign("GET", "/test.txt", "", headers, NOTHING));
    }

    @Test
    void signature_putOfAKeyWithASign_isThePublishedOne() {
        Map<String, String> headers =
                Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
        String body = Macs.sha256Hex("Welcome to Amazon S3.");

        assertEquals(
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
                sign("PUT", "/test$file.text", "", headers, body));
    }

    @Test
    void signature_queries_areThePublishedOnes() {
        assertEquals(
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
                sign("GET", "/", "lifecycle", Map.of(), NOTHING));
        assertEquals(
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                sign("GET", "/", "max-keys=2&prefix=J", Map.of(), NOTHING));
    }

    @ParameterizedTest
    @CsvSource({"/a//b/./c,/a//b/./c", "/a%20b/%C3%A9,/a%20b/%C3%A9", "/=2E+,/%3D2E%2B", "/,/"})
    void decodedPath_asSent_isEncodedOnceAndNothingIsTakenOut(String sent, String canonical) {
        assertEquals(canonical, CanonicalRequest.decodedPath(sent));
    }

    private String sign(String method, String path, String query, Map<String, String> own, String bodyHash) {
        TreeMap<String, String> headers = new TreeMap<>(own);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.put("x-amz-content-sha256", bodyHash);
        headers.put("x-amz-date", "20130524T000000Z");
        return signature.signature(
                new CanonicalRequest(
                        method, CanonicalRequest.decodedPath(path), CanonicalRequest.query(query), headers, bodyHash),
                TIME);
    }
}
