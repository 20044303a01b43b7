package io.trunkline.auth;

import io.trunkline.http.OutgoingRequest;
import java.time.Instant;

/** Signs requests in a platform's own manner, such as AWS Signature Version 4 or TC3-HMAC-SHA256. Thread-safe. */
@FunctionalInterface
public interface RequestSigner {

    /**
     * Adds the signature. Everything else of the request stands already.
     *
     * @param request the request as it will be sent
     * @param now the time that the signature says
     */
    void sign(OutgoingRequest request, Instant now);
}
