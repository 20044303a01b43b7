package io.trunkline.resilience;

import io.trunkline.error.ErrorKind;
import io.trunkline.value.Lane;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one call ended, all its attempts together.
 *
 * @param connection the connection's name
 * @param operation the operation's name
 * @param attempts how many requests it took; zero if it was refused before the first
 * @param took from the caller's request to its answer, waiting included
 * @param failureKind what it failed with, or null if it succeeded
 * @param lane its urgency
 */
public record CallOutcome(
        String connection,
        String operation,
        int attempts,
        Duration took,
        @Nullable ErrorKind failureKind,
        Lane lane) {

    /** What it failed with; empty if it succeeded. */
    public Optional<ErrorKind> failure() {
        return Optional.ofNullable(failureKind);
    }
}
