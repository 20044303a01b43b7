package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The credential does not serve: renew it, authorise again, or grant the missing permission. */
public final class AuthenticationException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public AuthenticationException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
