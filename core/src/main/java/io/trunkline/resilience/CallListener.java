package io.trunkline.resilience;

import java.util.List;

/**
 * Is told of attempts, outcomes and changes; for logs, metrics, traces and alerts. Called on the caller's thread, so it
 * must be quick; what it throws is ignored. Thread-safe.
 */
public interface CallListener {

    /** A request has ended. */
    default void attempt(Attempt attempt) {}

    /** A call has ended. */
    default void outcome(CallOutcome outcome) {}

    /** A breaker has changed. */
    default void breaker(BreakerChange change) {}

    /** A retry budget ran out or recovered. */
    default void budget(BudgetChange change) {}

    /** A connection's health has changed. */
    default void health(HealthChange change) {}

    /** A listener that passes everything on to others; one that throws disturbs neither the others nor the call. */
    static CallListener all(List<CallListener> listeners) {
        return new CallListeners(listeners);
    }

    /** A listener that does nothing. */
    static CallListener none() {
        return new CallListener() {};
    }
}
