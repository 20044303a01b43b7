package io.trunkline.store;

import java.time.Duration;

/** A lock held until a time. Thread-safe. */
public interface Lease extends AutoCloseable {

    /** What is held. */
    String name();

    /**
     * A number that rises with each holder of the name: work marked with a smaller one than was seen is refused, so a
     * holder that has overslept can do no harm.
     */
    long token();

    /** Whether it is still held. */
    boolean held();

    /** Holds it for the given time from now; false if it was lost meanwhile. */
    boolean renew(Duration time);

    /** Gives it back, if it is still held. */
    @Override
    void close();
}
