package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The answer broke the platform's own contract, so nothing of it was used: report it, with the request id. */
public final class ProtocolException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public ProtocolException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
