package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a platform's error means to us. Immutable.
 *
 * @param kind what it is; its nature decides about retries
 * @param advice one sentence for the caller, without anything of the body that could be personal
 * @param code the platform's own code, or null
 * @param requestId what the platform's support asks for, or null
 * @param retryAfter how long the platform asks to wait, or null
 * @param processed whether the platform may have carried the request out before it failed
 */
public record PlatformError(
        ErrorKind kind,
        String advice,
        @Nullable String code,
        @Nullable String requestId,
        @Nullable Duration retryAfter,
        Processed processed) {

    /** Whether a request that failed was carried out. */
    public enum Processed {
        /** Certainly not, so even an operation that must not arrive twice may be sent again. */
        NO,
        /** It may have been. */
        MAYBE
    }

    /**
     * An error of a kind. 4xx kinds count as not processed, all others as perhaps processed.
     *
     * @param kind what it is
     * @param advice one sentence for the caller
     */
    public static PlatformError of(ErrorKind kind, String advice) {
        return new PlatformError(kind, advice, null, null, null, usual(kind));
    }

    /** A copy with the platform's own code. */
    public PlatformError withCode(@Nullable String value) {
        return new PlatformError(kind, advice, value, requestId, retryAfter, processed);
    }

    /** A copy with the id that support asks for. */
    public PlatformError withRequestId(@Nullable String value) {
        return new PlatformError(kind, advice, code, value, retryAfter, processed);
    }

    /** A copy with the wait that the platform asks for. */
    public PlatformError withRetryAfter(@Nullable Duration value) {
        return new PlatformError(kind, advice, code, requestId, value, processed);
    }

    /** A copy that says whether the request may have been carried out. */
    public PlatformError withProcessed(Processed value) {
        return new PlatformError(kind, advice, code, requestId, retryAfter, value);
    }

    private static Processed usual(ErrorKind kind) {
        return switch (kind) {
            case UNAVAILABLE, TRANSPORT, TIMEOUT, PROTOCOL, OUTCOME_UNKNOWN -> Processed.MAYBE;
            default -> Processed.NO;
        };
    }
}
