package io.trunkline.http;

import java.util.Optional;

/** Turns a platform's error answers into our kinds. Stateless and thread-safe; never throws on any body. */
public interface ErrorDecoder {

    /** What an answer outside 200 to 299 means; {@link StatusErrors} has the usual meaning of each status. */
    PlatformError decode(ErrorResponse response);

    /**
     * An error inside a successful answer, as platforms that answer 200 to everything send it.
     *
     * @param body the decoded body
     * @param headers the answer's headers
     */
    default Optional<PlatformError> inside(Object body, HttpHeaders headers) {
        return Optional.empty();
    }
}
