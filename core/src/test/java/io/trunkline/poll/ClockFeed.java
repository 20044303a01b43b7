package io.trunkline.poll;

import io.trunkline.connector.Capability;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Lane;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A feed over records in memory that go by the test's clock, two to a page. */
final class ClockFeed implements ChangeFeed {

    static final String TYPE = "Contact";

    final List<Lane> lanes = new ArrayList<>();
    int reads;
    private final Map<String, Change> records = new TreeMap<>();
    private final TimeSource time;

    ClockFeed(TimeSource time) {
        this.time = time;
    }

    void put(String id, Map<String, Object> fields) {
        records.put(id, new Change(RecordRef.of("crm", TYPE, id), false, time.now(), new HashMap<>(fields)));
    }

    void delete(String id) {
        records.put(id, new Change(RecordRef.of("crm", TYPE, id), true, time.now(), Map.of()));
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        reads++;
        TimeCursor cursor = TimeCursor.parse(from, "crm/" + type, time.now());
        List<Change> left = records.values().stream()
                .filter(record -> !cursor.gave(record.ref().id(), record.changedAt()))
                .sorted(Comparator.comparing(Change::changedAt)
                        .thenComparing(record -> record.ref().id()))
                .toList();
        List<Change> given = left.subList(0, Math.min(2, left.size()));
        return new ChangePage(given, cursor.after(given).text(), left.size() > given.size());
    }

    @Override
    public String connection() {
        return "crm";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ, DELETIONS);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        lanes.add(options.lane());
        return this;
    }
}
