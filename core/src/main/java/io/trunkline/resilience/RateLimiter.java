package io.trunkline.resilience;

import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shares one quota between two lanes: interactive calls take the next place at once, bulk calls wait until the
 * interactive ones have theirs. Each lane reserves places in time on the same line; an interactive call moves the bulk
 * calls that still wait back by one place. Thread-safe.
 *
 * <p>A platform that tells what is left of its quota is believed: below a fifth, bulk calls wait for the reset; at zero
 * all do.
 */
public final class RateLimiter {

    private static final long UNLIMITED = 0;
    private static final double BULK_RESERVE = 0.2;

    private final TimeSource time;
    private final long intervalNanos;
    private final int burst;
    private final Object line = new Object();
    private double tokens;
    private long refilledAt;
    private int interactiveWaiting;
    private volatile boolean paused;
    private boolean bulkPaused;
    private long pausedUntil;
    private long highestSeen;

    private RateLimiter(TimeSource time, long intervalNanos, int burst) {
        this.time = time;
        this.intervalNanos = intervalNanos;
        this.burst = burst;
        this.tokens = burst;
        this.refilledAt = time.nanos();
    }

    /** A limiter of the given quota. */
    public static RateLimiter of(RateLimit limit, TimeSource time) {
        return new RateLimiter(time, (long) (1_000_000_000L / limit.perSecond()), limit.burst());
    }

    /** A limiter without a quota of its own, which only obeys what the platform tells. */
    public static RateLimiter unlimited(TimeSource time) {
        return new RateLimiter(time, UNLIMITED, 1);
    }

    /**
     * Takes a place, waiting for it if need be.
     *
     * @return false, at once, if no place can be had before the deadline
     * @throws InterruptedException if the thread is interrupted while it waits; its place goes to the next
     */
    public boolean acquire(Lane lane, Deadline deadline) throws InterruptedException {
        if (intervalNanos == UNLIMITED && !paused) {
            return true;
        }
        boolean registered = false;
        try {
            while (true) {
                Duration wait;
                synchronized (line) {
                    wait = take(lane);
                    if (lane == Lane.INTERACTIVE && !wait.isZero() && !registered) {
                        interactiveWaiting++;
                        registered = true;
                    }
                }
                if (wait.isZero()) {
                    return true;
                }
                if (wait.compareTo(deadline.remaining()) >= 0) {
                    return false;
                }
                time.sleep(wait);
            }
        } finally {
            leave(registered);
        }
    }

    /**
     * What the platform says is left of its quota.
     *
     * @param remaining calls left
     * @param resetAt when the quota is full again, or null if it is not told
     */
    public void observed(long remaining, @Nullable Instant resetAt) {
        if (resetAt == null) {
            return;
        }
        synchronized (line) {
            highestSeen = Math.max(highestSeen, remaining);
            boolean low = remaining < highestSeen * BULK_RESERVE;
            if (low || remaining <= 0) {
                pause(resetAt, remaining > 0);
            }
        }
    }

    private void pause(Instant end, boolean onlyBulk) {
        long until =
                time.nanos() + Math.max(0, Duration.between(time.now(), end).toNanos());
        bulkPaused = onlyBulk;
        pausedUntil = until;
        paused = true;
    }

    private Duration take(Lane lane) {
        long now = time.nanos();
        if (paused && pausedUntil - now <= 0) {
            paused = false;
        }
        if (paused && (lane == Lane.BULK || !bulkPaused)) {
            return Duration.ofNanos(pausedUntil - now);
        }
        if (intervalNanos == UNLIMITED) {
            return Duration.ZERO;
        }
        refill(now);
        int ahead = lane == Lane.BULK ? interactiveWaiting : 0;
        if (tokens >= 1 + ahead) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 + ahead - tokens) * intervalNanos));
    }

    private void refill(long now) {
        tokens = Math.min(burst, tokens + (double) (now - refilledAt) / intervalNanos);
        refilledAt = now;
    }

    private void leave(boolean registered) {
        if (registered) {
            synchronized (line) {
                interactiveWaiting--;
            }
        }
    }
}
