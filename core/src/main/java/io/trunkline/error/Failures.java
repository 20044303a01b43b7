package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** Makes the exception that fits a kind, so that one kind is always one class. */
public final class Failures {

    private Failures() {}

    /**
     * The exception for a failure.
     *
     * @param message one sentence: what happened and what to do; without secrets and personal data
     * @param context the data; its kind decides the class
     * @param cause what led to it, or null
     */
    public static ConnectorException of(String message, ErrorContext context, @Nullable Throwable cause) {
        return switch (context.kind()) {
            case AUTHENTICATION, PERMISSION -> new AuthenticationException(message, context, cause);
            case NOT_FOUND -> new NotFoundException(message, context, cause);
            case CONFLICT -> new ConflictException(message, context, cause);
            case INVALID_REQUEST -> new InvalidRequestException(message, context, cause);
            case RATE_LIMITED, QUOTA_EXHAUSTED, UNAVAILABLE, TRANSPORT, TIMEOUT, REJECTED_LOCALLY ->
                new RetryLaterException(message, context, cause);
            case PROTOCOL -> new ProtocolException(message, context, cause);
            case SECURITY -> new SecurityPolicyException(message, context, cause);
            case CONFIGURATION -> new ConfigurationException(message, context, cause);
            case CANCELLED -> new CancelledException(message, context, cause);
            case OUTCOME_UNKNOWN -> new OutcomeUnknownException(message, context, cause);
            case UNSUPPORTED -> new UnsupportedCapabilityException(message, context, cause);
        };
    }

    /** As {@link #of(String, ErrorContext, Throwable)}, without a cause. */
    public static ConnectorException of(String message, ErrorContext context) {
        return of(message, context, null);
    }
}
