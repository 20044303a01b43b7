package io.trunkline.sync;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param written how many records were written or removed
 * @param unchanged how many stood there already as they are
 * @param refused those that the target will never take; a sink that keeps cursors has then written none of the batch
 */
public record SinkResult(int written, int unchanged, List<Refused> refused) {

    /** Keeps its own copy. */
    public SinkResult {
        refused = List.copyOf(refused);
    }

    /** All records were written. */
    public static SinkResult all(int written) {
        return new SinkResult(written, 0, List.of());
    }

    /**
     * A record that the target will never take.
     *
     * @param record the record
     * @param reason why, without personal data
     */
    public record Refused(Change record, String reason) {}
}
