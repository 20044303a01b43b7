package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** A rule of safety stopped the call: a credential bound for a foreign origin, a private address, a forged message. */
public final class SecurityPolicyException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public SecurityPolicyException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
