package io.trunkline.sync;

import java.util.List;

/**
 * Records to write, and how far the stream is read when they are written.
 *
 * @param stream the stream's name
 * @param records in the order of their changes; at most one for each key
 * @param next what a sink that keeps cursors commits with the records
 * @param fence as the stream was opened with
 */
public record SinkBatch(String stream, List<Change> records, SyncCursor next, long fence) {

    /** Keeps its own copy of the records. */
    public SinkBatch {
        records = List.copyOf(records);
    }
}
