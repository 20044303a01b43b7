package io.trunkline.resilience;

/** The state of a breaker. */
public enum BreakerState {
    /** Calls pass. */
    CLOSED,
    /** Calls are refused at once. */
    OPEN,
    /** A probe passes, to see whether the platform is back. */
    HALF_OPEN
}
