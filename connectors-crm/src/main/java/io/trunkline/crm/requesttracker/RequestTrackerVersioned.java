package io.trunkline.crm.requesttracker;

import io.trunkline.http.ApiResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record with its version, which the platform tells in the answer's head.
 *
 * @param row the record
 * @param version the entity tag; null for deleted tickets, which have none
 */
record RequestTrackerVersioned(
        Map<String, @Nullable Object> row, @Nullable String version) {

    private static final Pattern TAG = Pattern.compile("\"[A-Za-z0-9_.-]{1,64}\"");

    static RequestTrackerVersioned of(ApiResponse<Map<String, @Nullable Object>> answer) {
        return new RequestTrackerVersioned(
                answer.body(), answer.headers().first("ETag").orElse(null));
    }

    /** A version as the platform wants it back; null for none. */
    static @Nullable String condition(Optional<String> version) {
        version.filter(text -> !TAG.matcher(text).matches()).ifPresent(text -> {
            throw new IllegalArgumentException("version must be one that this connector has given");
        });
        return version.orElse(null);
    }
}
