package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.mapping.Row;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.FeedPartition;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records since a cursor by {@code SystemModstamp}, deleted ones among them. Its grain is a second, in which a bulk load
 * changes thousands, so the cursor is the last record's time and id: any number may share a time. What is younger than
 * the setting {@code commit-time} is left for the next reading, because transactions that began earlier may still commit
 * under an earlier time.
 */
final class SalesforceChanges implements ChangeFeed {

    private static final int MOST_ROWS = 2_000;
    private static final String MERGED_INTO = "MasterRecordId";
    private static final Map<String, List<String>> TYPES = Map.of(
            "Contact", with(SalesforceMapper.CONTACT, MERGED_INTO),
            "Account", with(SalesforceMapper.ACCOUNT, MERGED_INTO),
            "Case", SalesforceMapper.CASE);

    private final SalesforceOrg org;
    private final CallOptions options;
    private final SalesforceYears years;
    private final SalesforceRows rows;

    SalesforceChanges(SalesforceOrg org, CallOptions options) {
        this(org, options, SalesforceYears.ALL);
    }

    private SalesforceChanges(SalesforceOrg org, CallOptions options, SalesforceYears years) {
        this.org = org;
        this.options = options;
        this.years = years;
        this.rows = new SalesforceRows(org, options);
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("changes");
    }

    @Override
    public ChangeFeed with(CallOptions value) {
        return new SalesforceChanges(org, value, years);
    }

    /** By the year in which records were made. */
    @Override
    public List<FeedPartition> partitions(String type) {
        return SalesforceYears.until(org.runtime().time().now()).stream()
                .map(part -> new FeedPartition(part.name(), new SalesforceChanges(org, options, part)))
                .toList();
    }

    @Override
    public Set<String> types() {
        return TYPES.keySet();
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        List<String> fields = TYPES.get(type);
        if (fields == null || limit < 1 || limit > MOST_ROWS) {
            throw refused("type must be one of " + TYPES.keySet() + " and limit 1 to " + MOST_ROWS);
        }
        TimeCursor place = place(type, from);
        SalesforceWire.Rows answer = rows.queryAll(Soql.select(org.asked(type, fields), type) + " WHERE " + after(place)
                + " ORDER BY SystemModstamp, Id LIMIT " + limit);
        List<Change> changes = new ArrayList<>();
        if (answer.records() != null) {
            answer.records().forEach(row -> changes.add(change(type, row)));
        }
        // An answer may hold fewer rows than were asked for, when they are large.
        boolean more = changes.size() == limit || Boolean.FALSE.equals(answer.done());
        return new ChangePage(changes, next(place, changes).text(), more && !changes.isEmpty());
    }

    private TimeCursor place(String type, Optional<SyncCursor> from) {
        try {
            return TimeCursor.parse(
                    from,
                    years.feed(org.connection() + "/" + type),
                    org.runtime().time().now());
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private String after(TimeCursor place) {
        String time = Soql.time(place.time());
        Instant settled = org.runtime().time().now().minus(org.settings().get(Salesforce.COMMIT_TIME));
        String begun = place.seen().stream()
                .findFirst()
                .map(id -> "(SystemModstamp > " + time + " OR (SystemModstamp = " + time + " AND Id > " + Soql.text(id)
                        + "))")
                .orElse("SystemModstamp >= " + time);
        return begun + " AND SystemModstamp < " + Soql.time(settled) + years.condition();
    }

    private static TimeCursor next(TimeCursor place, List<Change> changes) {
        if (changes.isEmpty()) {
            return place;
        }
        Change last = changes.get(changes.size() - 1);
        return new TimeCursor(place.feed(), last.changedAt(), Set.of(last.ref().id()));
    }

    private Change change(String type, Row row) {
        Instant changed = SalesforceTime.find(String.valueOf(row.get("SystemModstamp")));
        if (changed == null) {
            throw org.broken("salesforce.query-all", null);
        }
        boolean deleted = Boolean.TRUE.equals(row.get("IsDeleted"));
        return new Change(org.ref(type, row), deleted, changed, deleted ? successor(row) : row.without("attributes"));
    }

    private static Map<String, Object> successor(Row row) {
        Object merged = row.get(MERGED_INTO);
        return merged == null ? Map.of() : Map.of(MERGED_INTO, merged);
    }

    private RuntimeException refused(String message) {
        return Failures.of(message, ErrorContext.of(org.connection(), "changes.read", ErrorKind.INVALID_REQUEST));
    }

    private static List<String> with(List<String> fields, String another) {
        List<String> all = new ArrayList<>(fields);
        all.add(another);
        return List.copyOf(all);
    }
}
