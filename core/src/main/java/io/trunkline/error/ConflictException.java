package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The record was changed meanwhile or exists already: read it again, then decide. */
public final class ConflictException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public ConflictException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
