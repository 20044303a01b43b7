package io.trunkline.sync;

import java.util.Optional;

/**
 * Where a synchronisation puts records: a table, a file, another connection, a topic. Used by one run at a time.
 *
 * <p>A sink that keeps cursors commits the cursor with the records, so that both are there or none. Any other sink is
 * idempotent by the records' keys: the run keeps the cursor itself after the records are safe, and may write the last
 * batch once more.
 */
public interface Sink extends AutoCloseable {

    /**
     * Makes ready for a stream: the target is made if it is not there, and checked if it is.
     *
     * @return how far the sink itself has kept the stream; empty if nothing is there yet or the sink keeps no cursors
     * @throws io.trunkline.error.ConfigurationException if the target does not fit
     */
    Optional<SyncCursor> open(SinkStream stream);

    /** Whether the sink commits cursors with the records. */
    boolean keepsCursors();

    /**
     * Whether a full run replaces all that was there. Then it gives the sink every record, changed or not, and what it
     * does not give is gone; such a sink keeps cursors, and forgets the cursor with {@link #complete}.
     */
    default boolean replaces() {
        return false;
    }

    /** Drops what an unfinished full run has written, because the next one does not go on with it. */
    default void discard() {}

    /** The run has come to the end of its feed: what replaces the old may take its place. */
    default void complete() {}

    /**
     * Writes a batch. When it returns, the records are safe.
     *
     * @return what became of the records; those that the target will never take are named with the reason. A sink that
     *     keeps cursors then leaves the whole batch and its cursor as they were: the run puts those records aside and
     *     writes the others, so that nothing is passed over by a process that ends between the two
     * @throws RuntimeException if nothing of the batch counts as written; the run ends and can be begun again
     */
    SinkResult write(SinkBatch batch);

    /** Ends what the sink started itself. Closing again does nothing. */
    @Override
    void close();
}
