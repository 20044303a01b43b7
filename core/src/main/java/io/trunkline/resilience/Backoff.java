package io.trunkline.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a retry: doubling from 50 ms, or from 1 s when the platform asked for fewer calls, up to 20 s;
 * of that a random share between zero and all, so that many callers do not come back together. Thread-safe if the
 * random generator is.
 */
public final class Backoff {

    private static final Duration TRANSIENT_BASE = Duration.ofMillis(50);
    private static final Duration THROTTLED_BASE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 16;

    private final RandomGenerator random;

    /** Back-off with the given source of chance. */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait before a retry.
     *
     * @param retry 1 for the first
     * @param cost what came before it
     */
    public Duration delay(int retry, RetryCost cost) {
        Duration base = cost == RetryCost.THROTTLED ? THROTTLED_BASE : TRANSIENT_BASE;
        long grown = base.toNanos() << Math.min(MOST_DOUBLINGS, Math.max(0, retry - 1));
        long most = Math.min(LONGEST.toNanos(), grown);
        return Duration.ofNanos((long) (random.nextDouble() * most));
    }
}
