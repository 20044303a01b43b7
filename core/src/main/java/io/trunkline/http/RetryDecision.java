package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.resilience.Backoff;
import io.trunkline.resilience.RetryBudget;
import io.trunkline.resilience.RetryCost;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether and when a failed call is tried again: what it is, how often, from which budget, within the deadline. */
final class RetryDecision {

    private static final Duration LONGEST_INTERACTIVE_WAIT = Duration.ofMinutes(5);
    private static final Duration LONGEST_BULK_WAIT = Duration.ofHours(24);

    private final int mostRetries;
    private final RetryBudget budget;
    private final Backoff backoff;
    private final TimeSource time;

    RetryDecision(int mostRetries, RetryBudget budget, Backoff backoff, TimeSource time) {
        this.mostRetries = mostRetries;
        this.budget = budget;
        this.backoff = backoff;
        this.time = time;
    }

    /** How long to wait before the next attempt, or empty where there is to be none. */
    Optional<Duration> waitBeforeNext(CallPlan<?> plan, AttemptFailure failure, CallProgress progress) {
        if (!failure.repeatable(plan.effect())
                || failure.kind() == ErrorKind.REJECTED_LOCALLY
                || progress.retries() >= failure.mostRetries(mostRetries)) {
            return Optional.empty();
        }
        RetryCost cost = failure.kind() == ErrorKind.RATE_LIMITED ? RetryCost.THROTTLED : RetryCost.TRANSIENT;
        Duration wait = waiting(plan.lane(), failure, progress.retries() + 1, cost);
        if (wait.compareTo(plan.deadline().remaining()) >= 0 || !budget.tryTake(cost)) {
            return Optional.empty();
        }
        progress.retrying(cost.tokens());
        return Optional.of(wait);
    }

    void succeeded(CallProgress progress) {
        budget.succeeded(progress.budgetTaken());
    }

    /** When another attempt makes sense, as far as the platform or the breaker said. */
    @Nullable
    Instant retryAt(AttemptFailure failure) {
        Duration after = failure.retryAfter();
        return after == null ? null : time.now().plus(shorter(after, LONGEST_BULK_WAIT));
    }

    private Duration waiting(Lane lane, AttemptFailure failure, int retry, RetryCost cost) {
        Duration own = backoff.delay(retry, cost);
        Duration asked = failure.retryAfter();
        if (asked == null || asked.compareTo(own) < 0) {
            return own;
        }
        return shorter(asked, lane == Lane.BULK ? LONGEST_BULK_WAIT : LONGEST_INTERACTIVE_WAIT);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
