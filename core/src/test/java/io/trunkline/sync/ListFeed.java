package io.trunkline.sync;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Lane;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A feed over records in memory, with a tie-safe cursor, as a connector would build it. */
public final class ListFeed implements ChangeFeed {

    /** The one type. */
    public static final String TYPE = "Contact";

    final Map<String, Change> records = new TreeMap<>();
    final List<Lane> lanes = new ArrayList<>();
    private final Instant now;

    /** A feed that takes no cursor from after a time. */
    public ListFeed(Instant now) {
        this.now = now;
    }

    /** Adds or replaces a record. */
    public void put(String id, Instant at, Map<String, Object> fields) {
        records.put(id, new Change(RecordRef.of("crm", TYPE, id), false, at, new HashMap<>(fields)));
    }

    /** Takes a record away without a word. */
    public void remove(String id) {
        records.remove(id);
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        TimeCursor cursor;
        try {
            cursor = TimeCursor.parse(from, "crm/" + type, now);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    String.valueOf(e.getMessage()), ErrorContext.of("crm", "changes", ErrorKind.INVALID_REQUEST), e);
        }
        List<Change> left = records.values().stream()
                .filter(record -> !cursor.gave(record.ref().id(), record.changedAt()))
                .sorted(Comparator.comparing(Change::changedAt)
                        .thenComparing(record -> record.ref().id()))
                .toList();
        List<Change> given = left.subList(0, Math.min(limit, left.size()));
        return new ChangePage(given, cursor.after(given).text(), left.size() > given.size());
    }

    @Override
    public String connection() {
        return "crm";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        lanes.add(options.lane());
        return this;
    }
}
