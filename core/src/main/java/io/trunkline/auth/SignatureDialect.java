package io.trunkline.auth;

import java.util.List;
import java.util.Optional;

/** Where the members of the family differ: names alone. */
enum SignatureDialect {
    AWS("AWS4-HMAC-SHA256", "AWS4", "aws4_request", "X-Amz-Date", "X-Amz-Content-Sha256", "X-Amz-Security-Token"),
    S3("AWS4-HMAC-SHA256", "AWS4", "aws4_request", "X-Amz-Date", "X-Amz-Content-Sha256", "X-Amz-Security-Token"),
    VOLCENGINE("HMAC-SHA256", "", "request", "X-Date", "X-Content-Sha256", "X-Security-Token"),
    TENCENT("TC3-HMAC-SHA256", "TC3", "tc3_request", "X-TC-Timestamp", "", "X-TC-Token");

    private final String algorithm;
    private final String keyPrefix;
    private final String terminator;
    private final String timeHeader;
    private final String hashHeader;
    private final String tokenHeader;

    SignatureDialect(
            String algorithm,
            String keyPrefix,
            String terminator,
            String timeHeader,
            String hashHeader,
            String tokenHeader) {
        this.algorithm = algorithm;
        this.keyPrefix = keyPrefix;
        this.terminator = terminator;
        this.timeHeader = timeHeader;
        this.hashHeader = hashHeader;
        this.tokenHeader = tokenHeader;
    }

    String algorithm() {
        return algorithm;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    String terminator() {
        return terminator;
    }

    String timeHeader() {
        return timeHeader;
    }

    Optional<String> hashHeader() {
        return hashHeader.isEmpty() ? Optional.empty() : Optional.of(hashHeader);
    }

    String tokenHeader() {
        return tokenHeader;
    }

    /** What is signed beside host and media type; Tencent wants neither the time nor the token among them. */
    List<String> signedHeaders() {
        return switch (this) {
            case AWS, S3 -> List.of("x-amz-content-sha256", "x-amz-date", "x-amz-security-token");
            case VOLCENGINE -> List.of("x-content-sha256", "x-date", "x-security-token");
            case TENCENT -> List.of("x-tc-action");
        };
    }
}
