package io.trunkline.resilience;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a connection is kept healthy: retries, quota, width and breaker. Immutable. */
public final class ResilienceSettings {

    /** Two retries from a budget, no quota, 32 calls at once, a breaker. */
    public static final ResilienceSettings DEFAULT = new ResilienceSettings(2, true, null, 32, BreakerSettings.DEFAULT);

    private final int retries;
    private final boolean budgeted;
    private final @Nullable RateLimit rateLimit;
    private final int concurrentCalls;
    private final @Nullable BreakerSettings breaker;

    private ResilienceSettings(
            int retries,
            boolean budgeted,
            @Nullable RateLimit rateLimit,
            int concurrentCalls,
            @Nullable BreakerSettings breaker) {
        this.retries = retries;
        this.budgeted = budgeted;
        this.rateLimit = rateLimit;
        this.concurrentCalls = concurrentCalls;
        this.breaker = breaker;
    }

    /**
     * A copy with another number of retries a call.
     *
     * @throws IllegalArgumentException unless it is between 0 and 10
     */
    public ResilienceSettings retries(int value) {
        if (value < 0 || value > 10) {
            throw new IllegalArgumentException("retries must be between 0 and 10, but was " + value);
        }
        return new ResilienceSettings(value, budgeted, rateLimit, concurrentCalls, breaker);
    }

    /** A copy with or without the retry budget. */
    public ResilienceSettings budgeted(boolean value) {
        return new ResilienceSettings(retries, value, rateLimit, concurrentCalls, breaker);
    }

    /** A copy with a quota; null for none. */
    public ResilienceSettings rateLimit(@Nullable RateLimit value) {
        return new ResilienceSettings(retries, budgeted, value, concurrentCalls, breaker);
    }

    /**
     * A copy with another width.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ResilienceSettings concurrentCalls(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("concurrentCalls must be positive, but was " + value);
        }
        return new ResilienceSettings(retries, budgeted, rateLimit, value, breaker);
    }

    /** A copy with another breaker; null for none. */
    public ResilienceSettings breaker(@Nullable BreakerSettings value) {
        return new ResilienceSettings(retries, budgeted, rateLimit, concurrentCalls, value);
    }

    /** Most retries of one call. */
    public int retries() {
        return retries;
    }

    /** Whether retries come from a budget. */
    public boolean budgeted() {
        return budgeted;
    }

    /** The quota, if there is one. */
    public Optional<RateLimit> rateLimit() {
        return Optional.ofNullable(rateLimit);
    }

    /** Most calls at once. */
    public int concurrentCalls() {
        return concurrentCalls;
    }

    /** The breaker, if there is one. */
    public Optional<BreakerSettings> breaker() {
        return Optional.ofNullable(breaker);
    }
}
