package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.PlatformError.Processed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why one attempt did not succeed, and whether it can have had an effect.
 *
 * @param error what it means
 * @param status the HTTP status, or null if there was no answer
 * @param sent whether any of the request left
 * @param cause what the transport threw, or null
 */
record AttemptFailure(
        PlatformError error,
        @Nullable Integer status,
        boolean sent,
        @Nullable Exception cause) {

    ErrorKind kind() {
        return error.kind();
    }

    @Nullable
    Duration retryAfter() {
        return error.retryAfter();
    }

    /** Whether the request may have been carried out. */
    boolean mayHaveHappened() {
        return sent && error.processed() == Processed.MAYBE;
    }

    /** Whether another attempt may be made and could help. */
    boolean repeatable(Effect effect) {
        boolean harmless = effect.repeatable() || !mayHaveHappened();
        return harmless && (kind().passing() || (kind() == ErrorKind.PROTOCOL && cause != null));
    }

    /** How often another attempt could help: a name that has no address seldom has one a moment later. */
    int mostRetries(int usual) {
        boolean unresolved = cause instanceof TransportException transport && transport.unresolved();
        return unresolved ? Math.min(1, usual) : usual;
    }

    /** The kind that the caller is told: an operation that must not arrive twice admits that it may have happened. */
    ErrorKind toldKind(Effect effect) {
        boolean unknown = !effect.repeatable() && mayHaveHappened();
        return unknown ? ErrorKind.OUTCOME_UNKNOWN : kind();
    }

    String advice(Effect effect) {
        return toldKind(effect) == ErrorKind.OUTCOME_UNKNOWN
                ? "the request was sent but its result is not known; ask the platform before repeating it"
                : error.advice();
    }

    ErrorContext context(String connection, String operation, Effect effect) {
        ErrorContext context = ErrorContext.of(connection, operation, toldKind(effect))
                .withPlatformCode(error.code())
                .withRequestId(error.requestId());
        return status == null ? context : context.withStatus(status);
    }
}
