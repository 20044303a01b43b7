package io.trunkline.http;

import java.time.Instant;
import java.util.Optional;

/** Reads a platform's quota headers. Never throws; what it cannot read is empty. */
@FunctionalInterface
public interface RateReader {

    /**
     * The quota that an answer tells.
     *
     * @param headers the answer's headers
     * @param now the time of the answer, for windows that are told as a duration
     */
    Optional<RateWindow> read(HttpHeaders headers, Instant now);
}
