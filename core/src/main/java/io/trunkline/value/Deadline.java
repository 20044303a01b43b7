package io.trunkline.value;

import java.time.Duration;

/**
 * The instant after which an answer is worthless, held in monotonic time so that a change of the wall clock cannot
 * move it.
 */
public final class Deadline {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final TimeSource time;
    private final long atNanos;

    private Deadline(TimeSource time, long atNanos) {
        this.time = time;
        this.atNanos = atNanos;
    }

    /**
     * A deadline that lies the given time ahead.
     *
     * @param timeout from now; more than a year counts as a year, zero or less is already past
     * @param time the clock that the deadline is measured by
     */
    public static Deadline in(Duration timeout, TimeSource time) {
        Duration past = timeout.isNegative() ? Duration.ZERO : timeout;
        Duration bounded = past.compareTo(LONGEST) > 0 ? LONGEST : past;
        return new Deadline(time, time.nanos() + bounded.toNanos());
    }

    /** What is left; zero when the deadline has passed, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
    }

    /** Whether the deadline has passed. */
    public boolean expired() {
        return atNanos - time.nanos() <= 0;
    }

    /** The earlier of this deadline and another one measured by the same clock. */
    public Deadline earlier(Deadline other) {
        return other.atNanos - atNanos < 0 ? other : this;
    }

    /** Shows what is left, in milliseconds. */
    @Override
    public String toString() {
        return "Deadline[" + remaining().toMillis() + " ms left]";
    }
}
