package io.trunkline.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer that means failure, as an {@link ErrorDecoder} sees it.
 *
 * @param operation the operation's name
 * @param status the HTTP status
 * @param headers the headers
 * @param body the first 64 KiB of the body, possibly empty
 */
public record ErrorResponse(String operation, int status, HttpHeaders headers, byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The status alone: the body may hold personal data. */
    @Override
    public String toString() {
        return "ErrorResponse[" + operation + " " + status + "]";
    }
}
