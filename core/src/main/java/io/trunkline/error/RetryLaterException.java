package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The call did not happen and may succeed later: rate limit, outage, network, breaker or deadline. */
public final class RetryLaterException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public RetryLaterException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
