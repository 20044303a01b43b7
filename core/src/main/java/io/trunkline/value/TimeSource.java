package io.trunkline.value;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clock of the library: wall time for what is shown and stored, monotonic time for deadlines and back-off, and the
 * only way to sleep. Tests put a virtual one in its place.
 *
 * <p>Implementations are thread-safe.
 */
public interface TimeSource {

    /** Waiting, as {@link TimeSource#sleep} does it. */
    @FunctionalInterface
    interface Sleeper {
        /**
         * Waits for the given time.
         *
         * @param duration how long; zero or less returns at once
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** The wall clock, for what is shown, stored or compared with a platform's own time. */
    Instant now();

    /** Monotonic nanoseconds from an arbitrary origin; differences only, as {@link System#nanoTime()}. */
    long nanos();

    /**
     * Waits for the given time.
     *
     * @param duration how long; zero or less returns at once
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own clocks. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /**
     * A clock made of three functions.
     *
     * @param now wall time
     * @param nanos monotonic nanoseconds
     * @param sleeper how to wait
     */
    static TimeSource of(Supplier<Instant> now, LongSupplier nanos, Sleeper sleeper) {
        return new TimeSource() {
            @Override
            public Instant now() {
                return now.get();
            }

            @Override
            public long nanos() {
                return nanos.getAsLong();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                sleeper.sleep(duration);
            }
        };
    }
}
