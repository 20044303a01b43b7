package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.resilience.Breaker;
import io.trunkline.resilience.Bulkhead;
import io.trunkline.resilience.RateLimiter;
import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an attempt passes before the wire, outermost first: rate limit, bulkhead, breaker. */
final class CallGate {

    private final RateLimiter rate;
    private final Bulkhead bulkhead;
    private final Breaker breaker;

    CallGate(RateLimiter rate, Bulkhead bulkhead, Breaker breaker) {
        this.rate = rate;
        this.bulkhead = bulkhead;
        this.breaker = breaker;
    }

    <R> AttemptResult<R> pass(Lane lane, Deadline deadline, Supplier<AttemptResult<R>> attempt)
            throws InterruptedException {
        if (!rate.acquire(lane, deadline)) {
            return refused("the connection's rate limit leaves no place before the deadline", null);
        }
        Optional<Bulkhead.Permit> permit = bulkhead.acquire(lane, deadline);
        if (permit.isEmpty()) {
            return refused("too many calls are under way on this connection", null);
        }
        try {
            return throughBreaker(attempt);
        } finally {
            permit.get().close();
        }
    }

    private <R> AttemptResult<R> throughBreaker(Supplier<AttemptResult<R>> attempt) {
        if (!breaker.tryPass()) {
            return refused("the platform has been failing, so it is left alone for a moment", breaker.retryIn());
        }
        boolean reported = false;
        try {
            AttemptResult<R> result = attempt.get();
            report(result);
            reported = true;
            return result;
        } finally {
            if (!reported) {
                breaker.abandoned();
            }
        }
    }

    private void report(AttemptResult<?> result) {
        ErrorKind kind = result.failureKind();
        if (kind == ErrorKind.CANCELLED) {
            breaker.abandoned();
        } else if (kind != null && countsAgainst(kind)) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
    }

    private static boolean countsAgainst(ErrorKind kind) {
        return switch (kind) {
            case UNAVAILABLE, TRANSPORT, TIMEOUT, PROTOCOL -> true;
            default -> false;
        };
    }

    private static <R> AttemptResult<R> refused(String advice, @Nullable Duration retryIn) {
        PlatformError error =
                PlatformError.of(ErrorKind.REJECTED_LOCALLY, advice).withRetryAfter(retryIn);
        return AttemptResult.failed(new AttemptFailure(error, null, false, null));
    }
}
