package io.trunkline.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run has done, or has done so far.
 *
 * @param job the job's name
 * @param state how it stands or ended
 * @param startedAt when it began
 * @param updatedAt when this was last true
 * @param counts how many records
 * @param lag how old the youngest record was when it was written; null before the first
 * @param drift what has changed in the records' form since the runs before
 * @param problem what ended it; empty unless it failed
 */
public record SyncReport(
        String job,
        State state,
        Instant startedAt,
        Instant updatedAt,
        Counts counts,
        @Nullable Duration lag,
        List<String> drift,
        String problem) {

    /** How a run stands or ended. */
    public enum State {
        /** It goes on. */
        RUNNING,
        /** It read everything. */
        COMPLETED,
        /** It was asked to stop, or the job was paused; the next one goes on where it was. */
        STOPPED,
        /** Another process runs the job. */
        ELSEWHERE,
        /** It could not go on; the next one goes on where it was. */
        FAILED
    }

    /**
     * How many records.
     *
     * @param read from the platform
     * @param written to the sink, removals among them
     * @param skipped left out by the transform, or already there as they are
     * @param dead put aside
     */
    public record Counts(long read, long written, long skipped, long dead) {

        /** None yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(read + other.read, written + other.written, skipped + other.skipped, dead + other.dead);
        }
    }

    /** Keeps its own copy. */
    public SyncReport {
        drift = List.copyOf(drift);
    }
}
