package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The record or resource asked for is not there (any more). */
public final class NotFoundException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public NotFoundException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
