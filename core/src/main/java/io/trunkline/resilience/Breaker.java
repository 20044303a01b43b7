package io.trunkline.resilience;

import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Leaves a failing platform alone for a while, then lets one probe pass. Thread-safe. */
public interface Breaker {

    /** Whether a call may go out; one that may must report how it ended. */
    boolean tryPass();

    /** The call was answered, be it with a refusal of its content. */
    void succeeded();

    /** The platform failed. */
    void failed();

    /** The call ended without a verdict, for instance because the caller gave up. */
    void abandoned();

    /** The state now. */
    BreakerState state();

    /** How long until a probe may pass; zero unless open. */
    Duration retryIn();

    /** A breaker that never opens. */
    static Breaker none() {
        return new NoBreaker();
    }

    /**
     * A breaker on Failsafe's circuit breaker, driven by the given clock.
     *
     * @param settings when it opens and for how long
     * @param time the clock
     * @param changed told the state before and after each change
     */
    static Breaker of(BreakerSettings settings, TimeSource time, BiConsumer<BreakerState, BreakerState> changed) {
        return new FailsafeBreaker(settings, time, changed);
    }
}
