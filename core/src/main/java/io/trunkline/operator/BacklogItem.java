package io.trunkline.operator;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One item that waits, fails or was put aside, without anybody's data.
 *
 * @param queue where it lies
 * @param id what it is called there
 * @param state how it stands
 * @param about whose order it belongs to, or which record it is; masked
 * @param failures how often it has failed
 * @param age how long it has been there
 * @param nextTry how long until it is due, or null if it is due now or put aside
 * @param reason why the last try failed or it was put aside; empty if nothing has gone wrong
 */
public record BacklogItem(
        String queue,
        String id,
        ItemState state,
        String about,
        int failures,
        Duration age,
        @Nullable Duration nextTry,
        String reason) {

    /** How long until it is due; empty if it is due now or put aside. */
    public Optional<Duration> next() {
        return Optional.ofNullable(nextTry);
    }
}
