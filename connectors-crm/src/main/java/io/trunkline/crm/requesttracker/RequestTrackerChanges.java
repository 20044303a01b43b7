package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorKind;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tickets since a cursor by {@code LastUpdated}, whose grain is a second, and by number where times are equal. The
 * platform shows deleted and merged tickets in no search, so they are read from the transactions that made them so and
 * put between the others in the same order. Each page begins after the last record and never at an offset, because a
 * ticket that changes meanwhile moves all that follow. What is younger than the setting {@code commit-time} waits.
 */
final class RequestTrackerChanges implements ChangeFeed {

    private static final String TYPE = RequestTrackerDesk.TICKET;
    private static final int MOST_ROWS = 2_000;
    private static final String MERGED_INTO = "MergedInto";
    private static final Pattern MERGED = Pattern.compile(".*/ticket/([0-9]{1,18})");
    private static final String GONE =
            "((Type = 'Status' AND NewValue = 'deleted') OR (Type = 'AddLink' AND Field = 'MergedInto'))";
    private static final Comparator<Change> ORDER = Comparator.comparing(Change::changedAt)
            .thenComparingLong(change -> Long.parseLong(change.ref().id()));

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;

    RequestTrackerChanges(RequestTrackerDesk desk, CallOptions options) {
        this.desk = desk;
        this.rows = new RequestTrackerRows(desk, options);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("changes");
    }

    @Override
    public ChangeFeed with(CallOptions value) {
        return new RequestTrackerChanges(desk, value);
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        if (!type.equals(TYPE) || limit < 1 || limit > MOST_ROWS) {
            throw refused("type must be " + TYPE + " and limit 1 to " + MOST_ROWS);
        }
        TimeCursor place = place(from);
        int most = Math.min(limit, RequestTrackerRows.PAGE);
        desk.zone().requireUtc(rows);
        Instant settled = desk.runtime().time().now().minus(desk.settings().get(RequestTracker.COMMIT_TIME));
        RequestTrackerQuery saved = RequestTrackerQuery.tickets(
                        RequestTrackerSpan.text(place, settled, "LastUpdated", "id"), RequestTrackerMapper.TICKET)
                .by("LastUpdated", "id");
        RequestTrackerQuery gone = RequestTrackerQuery.transactions(
                        "ObjectType = 'RT::Ticket' AND " + GONE + " AND "
                                + RequestTrackerSpan.text(place, settled, "Created", "ObjectId"),
                        "ObjectId,Created,Type,NewValue")
                .by("Created", "ObjectId");
        return merged(place, List.of(page(gone, this::gone), page(saved, this::saved)), most);
    }

    /** Up to where both listings are complete; what lies behind is read again with the next page. */
    private static ChangePage merged(TimeCursor place, List<Listed> listings, int most) {
        Optional<Change> end =
                listings.stream().map(Listed::end).flatMap(Optional::stream).min(ORDER);
        // Of one ticket that was deleted and restored within a second, the later listing's word holds.
        Map<Change, Change> all = new TreeMap<>(ORDER);
        listings.stream()
                .flatMap(listed -> listed.changes().stream())
                .filter(change -> end.isEmpty() || ORDER.compare(change, end.get()) <= 0)
                .forEach(change -> {
                    all.remove(change);
                    all.put(change, change);
                });
        List<Change> page = all.values().stream().limit(most).toList();
        Optional<Change> last = page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
        Optional<Change> reached = all.size() > page.size() ? last : end.or(() -> last);
        return new ChangePage(
                page,
                reached.map(change -> after(place, change)).orElse(place).text(),
                end.isPresent() || all.size() > page.size());
    }

    private static TimeCursor after(TimeCursor place, Change last) {
        return new TimeCursor(place.feed(), last.changedAt(), Set.of(last.ref().id()));
    }

    /**
     * What a listing gives.
     *
     * @param changes what is told of it
     * @param end its last row, if it goes on
     */
    private record Listed(List<Change> changes, Optional<Change> end) {}

    private Listed page(RequestTrackerQuery query, Function<Map<String, @Nullable Object>, Change> change) {
        Page<Map<String, @Nullable Object>> page = rows.query(query, Optional.empty());
        List<Change> changes = page.items().stream().map(change).toList();
        boolean more = page.cursor() != null && !changes.isEmpty();
        Optional<Change> end = more ? Optional.of(changes.get(changes.size() - 1)) : Optional.empty();
        return new Listed(changes.stream().filter(this::tells).toList(), end);
    }

    /** Both tickets of a merger have its transaction, and only one is gone. */
    private boolean tells(Change change) {
        return !change.ref().id().equals(change.fields().get(MERGED_INTO));
    }

    private Change saved(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(row);
        fields.computeIfPresent("CustomFields", (name, custom) -> RequestTrackerRow.inOneOrder(custom));
        return new Change(desk.ref(TYPE, row.get("id")), false, at(row, "LastUpdated"), fields);
    }

    private Change gone(Map<String, @Nullable Object> row) {
        Matcher merged = MERGED.matcher(RequestTrackerRow.text(row, "NewValue"));
        Map<String, @Nullable Object> fields = merged.matches() ? Map.of(MERGED_INTO, merged.group(1)) : Map.of();
        return new Change(desk.ref(TYPE, row.get("ObjectId")), true, at(row, "Created"), fields);
    }

    private Instant at(Map<String, @Nullable Object> row, String field) {
        Instant time = desk.time(row.get(field));
        if (time == null) {
            throw desk.broken("request-tracker.changes", null);
        }
        return time;
    }

    private TimeCursor place(Optional<SyncCursor> from) {
        try {
            return TimeCursor.parse(
                    from, desk.connection() + "/" + TYPE, desk.runtime().time().now());
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private RuntimeException refused(String message) {
        return desk.failed("changes.read", ErrorKind.INVALID_REQUEST, message);
    }
}
