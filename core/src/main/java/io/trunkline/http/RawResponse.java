package io.trunkline.http;

import java.nio.charset.StandardCharsets;

/**
 * The platform's own answer.
 *
 * @param status the HTTP status, 200 to 299
 * @param headers the headers
 * @param body the body, decompressed
 */
public record RawResponse(int status, HttpHeaders headers, byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The status alone: the body may hold personal data. */
    @Override
    public String toString() {
        return "RawResponse[" + status + "]";
    }
}
