package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The request may have been carried out, or not: reconcile by asking the platform, never repeat blindly. */
public final class OutcomeUnknownException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public OutcomeUnknownException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
