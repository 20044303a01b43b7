package io.trunkline.resilience;

import io.trunkline.checks.VirtualClock;
import io.trunkline.value.TimeSource;

/** The test's clock in the library's form. */
public final class Clocks {

    private Clocks() {}

    /** A time source that reads and moves a virtual clock. */
    public static TimeSource of(VirtualClock clock) {
        return TimeSource.of(clock::now, clock::nanos, clock::sleep);
    }
}
