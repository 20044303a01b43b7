package io.trunkline.testkit;

import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sink in memory that keeps cursors and refuses some records. */
final class KeptRecords implements Sink {

    final Map<String, Change> rows = new TreeMap<>();
    private final Predicate<String> refuses;
    private @Nullable SyncCursor cursor;

    KeptRecords(Predicate<String> refuses) {
        this.refuses = refuses;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        return Optional.ofNullable(cursor);
    }

    @Override
    public boolean keepsCursors() {
        return true;
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        List<SinkResult.Refused> refused = batch.records().stream()
                .filter(record -> refuses.test(record.ref().id()))
                .map(record -> new SinkResult.Refused(record, "refused by the sink"))
                .toList();
        if (!refused.isEmpty()) {
            return new SinkResult(0, 0, refused);
        }
        batch.records().forEach(record -> rows.put(record.ref().id(), record));
        cursor = batch.next();
        return SinkResult.all(batch.records().size());
    }

    @Override
    public void close() {}
}
