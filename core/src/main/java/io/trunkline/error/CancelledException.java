package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The caller gave up before the end: interrupted, cancelled, or the library was closed. */
public final class CancelledException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public CancelledException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
