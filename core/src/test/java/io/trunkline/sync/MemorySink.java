package io.trunkline.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table in memory that counts what it is asked, fails when told to, and keeps cursors if it shall. */
public final class MemorySink implements Sink {

    /** What stands in the table, whatever sink writes into it. */
    public static final class Table {
        /** By key. */
        public final Map<String, Change> rows = new TreeMap<>();

        final Map<String, SyncCursor> cursors = new TreeMap<>();
        final List<SinkBatch> batches = new ArrayList<>();
        long fence;
        int failBefore = -1;
        int failAfter = -1;
        String refuses = "";
    }

    private final Table table;
    private final boolean keepsCursors;

    /** A sink into a table. */
    public MemorySink(Table table, boolean keepsCursors) {
        this.table = table;
        this.keepsCursors = keepsCursors;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        synchronized (table) {
            return Optional.ofNullable(table.cursors.get(stream.name()));
        }
    }

    @Override
    public boolean keepsCursors() {
        return keepsCursors;
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        synchronized (table) {
            return written(batch);
        }
    }

    private SinkResult written(SinkBatch batch) {
        table.batches.add(batch);
        if (table.batches.size() == table.failBefore) {
            throw new IllegalStateException("the table is down");
        }
        if (batch.fence() < table.fence) {
            throw new IllegalStateException("a stale run");
        }
        table.fence = batch.fence();
        List<SinkResult.Refused> refused = batch.records().stream()
                .filter(record -> record.ref().id().equals(table.refuses))
                .map(record -> new SinkResult.Refused(record, "too long for its column"))
                .toList();
        if (keepsCursors && !refused.isEmpty()) {
            return new SinkResult(0, 0, refused);
        }
        for (Change record : batch.records()) {
            if (record.deleted()) {
                table.rows.remove(record.ref().id());
            } else if (!record.ref().id().equals(table.refuses)) {
                table.rows.put(record.ref().id(), record);
            }
        }
        if (keepsCursors) {
            table.cursors.put(batch.stream(), batch.next());
        }
        if (table.batches.size() == table.failAfter) {
            throw new IllegalStateException("the connection broke after the commit");
        }
        return new SinkResult(batch.records().size() - refused.size(), 0, refused);
    }

    @Override
    public void close() {}
}
