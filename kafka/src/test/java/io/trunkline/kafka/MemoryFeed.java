package io.trunkline.kafka;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.FeedPartition;
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

/**
 * A platform's log of changes in memory; the cursor is how many of all types were looked at. If it has parts, a record's id
 * begins with the name of its own. Thread-safe.
 */
final class MemoryFeed implements ChangeFeed {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final String connection;
    private final List<Change> log;
    private final String part;

    /** What readings meet first, one after another. */
    final List<Runnable> faults;

    /** The names of the parts, if there are any. */
    final List<String> parts = new CopyOnWriteArrayList<>();

    MemoryFeed(String connection, String... parts) {
        this(connection, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), "");
        this.parts.addAll(List.of(parts));
    }

    private MemoryFeed(String connection, List<Change> log, List<Runnable> faults, String part) {
        this.connection = connection;
        this.log = log;
        this.faults = faults;
        this.part = part;
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
    public List<FeedPartition> partitions(String type) {
        return parts.isEmpty()
                ? ChangeFeed.super.partitions(type)
                : parts.stream()
                        .map(name -> new FeedPartition(name, new MemoryFeed(connection, log, faults, name)))
                        .toList();
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
            if (change.ref().type().equals(type) && change.ref().id().startsWith(part)) {
                given.add(change);
            }
        }
        return new ChangePage(given, new SyncCursor(part + "p" + place), place < log.size());
    }

    private int place(String text) {
        if (!text.matches(part + "p\\d{1,9}")) {
            throw Failures.of(
                    "not this feed's", ErrorContext.of(connection, "changes.read", ErrorKind.INVALID_REQUEST));
        }
        return Integer.parseInt(text.substring(part.length() + 1));
    }
}
