package io.trunkline.resilience;

import java.time.Duration;

/**
 * When a breaker opens and for how long.
 *
 * @param failures how many of the last {@code window} calls must have failed
 * @param window how many calls are looked at
 * @param pause how long it stays open before a probe
 */
public record BreakerSettings(int failures, int window, Duration pause) {

    /**
     * Seventeen of the last twenty calls, five seconds: opens within a second or two of an outage, stays closed while a
     * platform answers two calls of three (retries then get nearly all through), and a recovered platform is noticed
     * before an agent asks again.
     */
    public static final BreakerSettings DEFAULT = new BreakerSettings(17, 20, Duration.ofSeconds(5));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they contradict one another
     */
    public BreakerSettings {
        if (failures < 1 || window < failures) {
            throw new IllegalArgumentException("failures must be between 1 and the window");
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("pause must be positive");
        }
    }
}
