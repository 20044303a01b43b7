package io.trunkline.http;

import io.trunkline.value.CallOptions;

/**
 * One prepared operation of a platform: what a method of a connector's Retrofit interface returns. Nothing is sent
 * until it is executed; it may be executed again.
 *
 * @param <R> the body's type: a wire record, {@code String}, {@code byte[]}, {@link NoContent} or
 *     {@link ServerSentEvents}
 */
public interface ApiCall<R> {

    /**
     * Sends the request and waits for the answer, within the deadline and with the retries that the operation allows.
     *
     * @throws io.trunkline.error.ConnectorException of the class that tells the caller's next step
     */
    ApiResponse<R> exchange(CallOptions options);

    /**
     * As {@link #exchange}, for callers that need the body alone.
     *
     * @throws io.trunkline.error.ConnectorException of the class that tells the caller's next step
     */
    default R execute(CallOptions options) {
        return exchange(options).body();
    }
}
