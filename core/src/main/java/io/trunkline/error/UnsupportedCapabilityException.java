package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The connector does not offer this; nothing was sent. Its descriptor lists what it does. */
public final class UnsupportedCapabilityException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public UnsupportedCapabilityException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
