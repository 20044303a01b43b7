package io.trunkline.store;

import java.time.Duration;
import java.util.Optional;

/** Named locks that end by themselves, so that a node that dies holds nothing for ever. Thread-safe. */
public interface Leases {

    /**
     * Takes a lease if nobody holds it.
     *
     * @param name 1 to 512 characters
     * @param time how long it lasts unless renewed
     */
    Optional<Lease> acquire(String name, Duration time);
}
