package io.trunkline.resilience;

import io.trunkline.error.ErrorKind;
import io.trunkline.privacy.MaskedLog;

/**
 * Writes calls to slf4j: DEBUG for attempts and outcomes, WARN for what no caller is told of and for what a rule of safety
 * has forbidden. One line an event.
 */
public final class LoggingListener implements CallListener {

    private static final MaskedLog CALLS = MaskedLog.of("io.trunkline.calls");

    /** Writes to the logger {@code io.trunkline.calls}. */
    public LoggingListener() {}

    /** One line at DEBUG. */
    @Override
    public void attempt(Attempt attempt) {
        if (CALLS.debugs()) {
            CALLS.debug(
                    "{} {} attempt {} to {}: {} in {} ms",
                    attempt.connection(),
                    attempt.operation(),
                    attempt.number(),
                    attempt.origin(),
                    attempt.failureKind() == null ? attempt.statusCode() : attempt.failureKind(),
                    attempt.took().toMillis());
        }
    }

    /** One line: WARN for what a rule of safety has forbidden, DEBUG otherwise. */
    @Override
    public void outcome(CallOutcome outcome) {
        boolean forbidden = outcome.failureKind() == ErrorKind.SECURITY;
        if (!forbidden && !CALLS.debugs()) {
            return;
        }
        String pattern = "{} {} {} after {} attempts in {} ms";
        Object[] told = {
            outcome.connection(),
            outcome.operation(),
            outcome.failureKind() == null ? "succeeded" : outcome.failureKind(),
            outcome.attempts(),
            outcome.took().toMillis()
        };
        if (forbidden) {
            CALLS.warn(pattern, told);
        } else {
            CALLS.debug(pattern, told);
        }
    }

    /** WARN when it opens, DEBUG otherwise. */
    @Override
    public void breaker(BreakerChange change) {
        if (change.to() == BreakerState.OPEN) {
            CALLS.warn("{} breaker is {}", change.connection(), change.to());
        } else {
            CALLS.debug("{} breaker is {}", change.connection(), change.to());
        }
    }

    /** WARN when it runs out, DEBUG otherwise. */
    @Override
    public void budget(BudgetChange change) {
        if (change.exhausted()) {
            CALLS.warn("{} has no retries left in its budget", change.connection());
        } else {
            CALLS.debug("{} has retries again", change.connection());
        }
    }

    /** WARN when it goes down or needs a new credential, DEBUG otherwise. */
    @Override
    public void health(HealthChange change) {
        HealthState state = change.now().state();
        if (state == HealthState.DOWN || state == HealthState.REAUTHORISE) {
            CALLS.warn("{} is {}: {}", change.connection(), state, change.now().reason());
        } else {
            CALLS.debug("{} is {}: {}", change.connection(), state, change.now().reason());
        }
    }
}
