package io.trunkline.resilience;

/**
 * A quota of calls.
 *
 * @param perSecond calls a second in the long run
 * @param burst calls that may be made at once after a rest
 */
public record RateLimit(double perSecond, int burst) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they are not positive
     */
    public RateLimit {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("perSecond and burst must be positive");
        }
    }

    /** A quota whose burst is one second's calls. */
    public static RateLimit perSecond(double calls) {
        return new RateLimit(calls, (int) Math.max(1, Math.ceil(calls)));
    }
}
