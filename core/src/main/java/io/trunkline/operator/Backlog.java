package io.trunkline.operator;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much waits at one place.
 *
 * @param queue the place's name, by which items of it are named
 * @param what what waits there, for a person to read
 * @param pending items that wait or are in work, the failing ones among them
 * @param failing items that have failed and are tried again
 * @param dead items put aside; at most 1000 are counted of a synchronisation
 * @param oldestPending how long the oldest pending item waits, or null if none is pending
 */
public record Backlog(
        String queue,
        String what,
        long pending,
        long failing,
        long dead,
        @Nullable Duration oldestPending) {

    /** How long the oldest pending item waits; empty if none is pending. */
    public Optional<Duration> oldest() {
        return Optional.ofNullable(oldestPending);
    }
}
