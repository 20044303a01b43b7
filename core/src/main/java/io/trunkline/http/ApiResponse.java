package io.trunkline.http;

/**
 * A successful answer with its head.
 *
 * @param status the HTTP status, 200 to 299
 * @param headers the headers
 * @param body the decoded body
 * @param <R> the body's type
 */
public record ApiResponse<R>(int status, HttpHeaders headers, R body) {

    /** The status alone: the body may hold personal data. */
    @Override
    public String toString() {
        return "ApiResponse[" + status + "]";
    }
}
