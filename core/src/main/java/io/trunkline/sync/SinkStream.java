package io.trunkline.sync;

/**
 * What a sink is opened for.
 *
 * @param name the stream's name, the same in each run: job and partition
 * @param type the records' type in the platform's own words
 * @param fence rises with each run that takes over from another; a sink that keeps cursors refuses a smaller one
 * @param mode how much of the feed the run reads
 */
public record SinkStream(String name, String type, long fence, SyncMode mode) {

    /** A stream of what has changed. */
    public SinkStream(String name, String type, long fence) {
        this(name, type, fence, SyncMode.INCREMENTAL);
    }
}
