package io.trunkline.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a platform says of its own quota in an answer's headers.
 *
 * @param remaining calls left in the window
 * @param limit calls of the whole window, or zero if it is not told
 * @param resetAt when the window starts again, or null if it is not told
 */
public record RateWindow(
        long remaining, long limit, @Nullable Instant resetAt) {}
