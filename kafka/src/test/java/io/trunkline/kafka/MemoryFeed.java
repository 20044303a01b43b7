package io.trunkline.kafka;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A platform's log of changes in memory; the cursor is how many of all types were looked at. Thread-safe. */
final class MemoryFeed implements ChangeFeed {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final String connection;
    private final List<Change> log = new CopyOnWriteArrayList<>();

    /** What readings meet first, one after another. */
    final List<Runnable> faults = new CopyOnWriteArrayList<>();

    MemoryFeed(String connection) {
        this.connection = connection;
    }

    void put(String type, String id, Map<String, Object> fields) {
        add(type, id, false, fields);
    }

    void delete(String type, String id) {
        add(type, id, true, Map.of());
    }

    private synchronized void add(String type, String id, boolean deleted, Map<String, Object> fields) {
        Instant at = START.plusSeconds(log.size());
        log.add(new Change(RecordRef.of(connection, type, id), deleted, at, new LinkedHashMap<>(fields)));
    }

    @Override
    public String connection() {
        return connection;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ, DELETIONS);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        return this;
    }

    @Override
    public Set<String> types() {
        return Set.of("Account", "Case", "Contact");
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        if (!faults.isEmpty()) {
            faults.remove(0).run();
        }
        int place = from.map(cursor -> place(cursor.text())).orElse(0);
        List<Change> given = new ArrayList<>();
        while (place < log.size() && given.size() < limit) {
            Change change = log.get(place++);
            if (change.ref().type().equals(type)) {
                given.add(change);
            }
        }
        return new ChangePage(given, new SyncCursor("p" + place), place < log.size());
    }

    private int place(String text) {
        if (!text.matches("p\\d{1,9}")) {
            throw Failures.of(
                    "not this feed's", ErrorContext.of(connection, "changes.read", ErrorKind.INVALID_REQUEST));
        }
        return Integer.parseInt(text.substring(1));
    }
}
