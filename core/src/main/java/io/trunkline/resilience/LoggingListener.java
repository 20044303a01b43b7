package io.trunkline.resilience;

import io.trunkline.error.ErrorKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes calls to slf4j: DEBUG for attempts and outcomes, WARN for what no caller is told of and for what a rule of safety
 * has forbidden. One line an event.
 */
public final class LoggingListener implements CallListener {

    /** Made at the first event: a logging back end may take long to start, and opening connections does not wait for it. */
    private static final class Log {
        static final Logger CALLS = LoggerFactory.getLogger("io.trunkline.calls");
    }

    /** Writes to the logger {@code io.trunkline.calls}. */
    public LoggingListener() {}

    /** One line at DEBUG. */
    @Override
    public void attempt(Attempt attempt) {
        if (Log.CALLS.isDebugEnabled()) {
            Log.CALLS.debug(
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
        Level level = outcome.failureKind() == ErrorKind.SECURITY ? Level.WARN : Level.DEBUG;
        if (Log.CALLS.isEnabledForLevel(level)) {
            Log.CALLS
                    .atLevel(level)
                    .log(
                            "{} {} {} after {} attempts in {} ms",
                            outcome.connection(),
                            outcome.operation(),
                            outcome.failureKind() == null ? "succeeded" : outcome.failureKind(),
                            outcome.attempts(),
                            outcome.took().toMillis());
        }
    }

    /** WARN when it opens, DEBUG otherwise. */
    @Override
    public void breaker(BreakerChange change) {
        boolean opened = change.to() == BreakerState.OPEN;
        Log.CALLS.atLevel(opened ? Level.WARN : Level.DEBUG).log("{} breaker is {}", change.connection(), change.to());
    }

    /** WARN when it runs out, DEBUG otherwise. */
    @Override
    public void budget(BudgetChange change) {
        if (change.exhausted()) {
            Log.CALLS.warn("{} has no retries left in its budget", change.connection());
        } else {
            Log.CALLS.debug("{} has retries again", change.connection());
        }
    }

    /** WARN when it goes down or needs a new credential, DEBUG otherwise. */
    @Override
    public void health(HealthChange change) {
        HealthState state = change.now().state();
        if (state == HealthState.DOWN || state == HealthState.REAUTHORISE) {
            Log.CALLS.warn(
                    "{} is {}: {}", change.connection(), state, change.now().reason());
        } else {
            Log.CALLS.debug(
                    "{} is {}: {}", change.connection(), state, change.now().reason());
        }
    }
}
