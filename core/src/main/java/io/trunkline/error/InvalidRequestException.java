package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The platform, or the library before it, refused the content: correct the input; repeating it is useless. */
public final class InvalidRequestException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public InvalidRequestException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
