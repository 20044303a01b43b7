package io.trunkline.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much an {@link OrderedQueue} holds.
 *
 * @param pending items that wait or are in work
 * @param inWork those of them that somebody works on
 * @param failing those of them that have failed and wait for their next try
 * @param dead items put aside
 * @param oldestAddedAt when the oldest pending item was added, or null if none is pending
 */
public record QueueCounts(
        long pending,
        long inWork,
        long failing,
        long dead,
        @Nullable Instant oldestAddedAt) {

    /** When the oldest pending item was added; empty if none is pending. */
    public Optional<Instant> oldest() {
        return Optional.ofNullable(oldestAddedAt);
    }
}
