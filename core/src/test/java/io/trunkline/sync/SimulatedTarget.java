package io.trunkline.sync;

import io.trunkline.simulation.Chances;
import io.trunkline.simulation.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A target that outlives the nodes: rows, for each stream its fence, and its cursor if it keeps one. */
final class SimulatedTarget {

    private final Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<String, SyncCursor> cursors = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Chances chances;
    private final SimulatedSync.Mistake mistake;
    private final Predicate<String> longThere;
    final boolean keepsCursors;
    private int refused;

    SimulatedTarget(Chances chances, SimulatedSync.Mistake mistake, Predicate<String> longThere) {
        this.longThere = longThere;
        this.chances = chances;
        this.mistake = mistake;
        this.keepsCursors = chances.below(2) == 0;
    }

    Map<String, Map<String, @Nullable Object>> rows() {
        return rows;
    }

    /** How many runs were refused because another had taken over. */
    int refused() {
        return refused;
    }

    /** What was seen to be wrong. */
    List<String> broken() {
        return broken;
    }

    /** One run's way to it. */
    Sink sink(SimulatedSync.Node node, boolean lenient) {
        return new Opened(node, lenient);
    }

    private final class Opened implements Sink {

        private final SimulatedSync.Node node;
        private final boolean lenient;

        Opened(SimulatedSync.Node node, boolean lenient) {
            this.node = node;
            this.lenient = lenient;
        }

        @Override
        public Optional<SyncCursor> open(SinkStream stream) {
            node.view.mayEnd(Fault.CRASH_BEFORE);
            requireFence(stream.name(), stream.fence());
            fences.merge(stream.name(), stream.fence(), Math::max);
            return Optional.ofNullable(cursors.get(stream.name()));
        }

        @Override
        public boolean keepsCursors() {
            return keepsCursors;
        }

        @Override
        public SinkResult write(SinkBatch batch) {
            node.view.mayEnd(Fault.CRASH_BEFORE);
            if (keepsCursors) {
                node.meanwhile();
            }
            boolean fails = chances.strikes(Fault.SINK_FAILS);
            if (fails && mistake == SimulatedSync.Mistake.COMMITS_THE_CURSOR_FIRST) {
                cursors.put(batch.stream(), batch.next());
            }
            if (fails) {
                throw new IllegalStateException("the target is down");
            }
            requireFence(batch.stream(), batch.fence());
            SinkResult result = taken(batch);
            if (chances.strikes(Fault.SINK_FAILS_AFTERWARDS)) {
                throw new IllegalStateException("the connection broke after the commit");
            }
            node.view.mayEnd(Fault.CRASH_AFTER);
            return result;
        }

        private SinkResult taken(SinkBatch batch) {
            List<SinkResult.Refused> refused = batch.records().stream()
                    .filter(record -> !record.deleted()
                            && !lenient
                            && "sink".equals(record.fields().get(SimulatedSource.POISON)))
                    .map(record -> new SinkResult.Refused(record, "too long"))
                    .toList();
            List<Change> others = new ArrayList<>(batch.records());
            refused.forEach(each -> others.remove(each.record()));
            if (keepsCursors && !refused.isEmpty()) {
                return new SinkResult(0, 0, refused);
            }
            others.forEach(this::put);
            if (keepsCursors) {
                cursors.put(batch.stream(), batch.next());
            }
            return new SinkResult(others.size(), 0, refused);
        }

        private void put(Change record) {
            String id = record.ref().id();
            if (record.fields().get("number") instanceof Long version
                    && versions.merge(id, version, Math::max) > version) {
                broken.add(id + " went back to " + record.fields());
            }
            if (record.deleted() && record.fields().isEmpty() && longThere.test(id)) {
                broken.add(id + " was taken for gone while it was there");
            }
            if (record.deleted()) {
                rows.remove(id);
            } else {
                rows.put(id, record.fields());
            }
        }

        private void requireFence(String stream, long fence) {
            long newest = fences.getOrDefault(stream, 0L);
            if (fence < newest && mistake != SimulatedSync.Mistake.TAKES_STALE_WRITES) {
                refused++;
                throw new IllegalStateException("a stale run");
            }
        }

        @Override
        public void close() {}
    }
}
