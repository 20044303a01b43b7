package io.trunkline.resilience;

import io.trunkline.error.ErrorKind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire, as a {@link CallListener} is told of it.
 *
 * @param connection the connection's name
 * @param operation the operation's name
 * @param origin scheme, host and port that it went to
 * @param number 1 for the first attempt of a call
 * @param took from its beginning to the end of its answer
 * @param statusCode the HTTP status, or null if there was no answer
 * @param failureKind what it failed with, or null if it succeeded
 * @param sent whether any of the request left this process
 */
public record Attempt(
        String connection,
        String operation,
        URI origin,
        int number,
        Duration took,
        @Nullable Integer statusCode,
        @Nullable ErrorKind failureKind,
        boolean sent) {

    /** The HTTP status, if there was an answer. */
    public Optional<Integer> status() {
        return Optional.ofNullable(statusCode);
    }

    /** What it failed with; empty if it succeeded. */
    public Optional<ErrorKind> failure() {
        return Optional.ofNullable(failureKind);
    }
}
