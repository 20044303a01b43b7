package io.trunkline.resilience;

/** How well a connection does. */
public enum HealthState {
    /** Its last call succeeded, or it has made none. */
    HEALTHY,
    /** Calls have begun to fail. */
    DEGRADED,
    /** Calls fail one after another, or the breaker is open. */
    DOWN,
    /** The credential is refused: nothing will work until a person renews it. */
    REAUTHORISE
}
