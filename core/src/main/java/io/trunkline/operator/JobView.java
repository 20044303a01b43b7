package io.trunkline.operator;

import io.trunkline.sync.SyncReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One synchronisation as it stands.
 *
 * @param job its name
 * @param paused whether it is paused
 * @param lastReport what its last run has done, or the one under way so far; null before the first
 * @param dead how many records it has put aside; at most 1000 are counted
 */
public record JobView(String job, boolean paused, @Nullable SyncReport lastReport, int dead) {

    /** What its last run has done, or the one under way so far; empty before the first. */
    public Optional<SyncReport> report() {
        return Optional.ofNullable(lastReport);
    }
}
