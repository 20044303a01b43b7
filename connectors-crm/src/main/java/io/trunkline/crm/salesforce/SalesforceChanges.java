package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records since a cursor by {@code SystemModstamp}, deleted ones among them. What is younger than ten seconds is left for
 * the next reading, because transactions that began earlier may still commit under an earlier time.
 */
final class SalesforceChanges implements ChangeFeed {

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final int MOST_ROWS = 2_000;
    private static final Map<String, List<String>> TYPES = Map.of(
            "Contact", SalesforceMapper.CONTACT,
            "Account", SalesforceMapper.ACCOUNT,
            "Case", SalesforceMapper.CASE);

    private final SalesforceOrg org;
    private final TimeSource time;
    private final CallOptions options;

    SalesforceChanges(SalesforceOrg org, TimeSource time, CallOptions options) {
        this.org = org;
        this.time = time;
        this.options = options;
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
        return new SalesforceChanges(org, time, value);
    }

    @Override
    public Set<String> types() {
        return TYPES.keySet();
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        List<String> fields = TYPES.get(type);
        if (fields == null || limit < 1) {
            throw new IllegalArgumentException("type must be one of " + TYPES.keySet() + " and limit positive");
        }
        TimeCursor place = TimeCursor.parse(from, org.connection() + "/" + type, time.now());
        // Rows of the cursor's own time come again; asking for that many more makes sure that new ones are among them.
        int rows = Math.min(MOST_ROWS, limit + place.seen().size());
        List<Map<String, Object>> found = org.api()
                .queryAll(org.version(), soql(type, fields, place.time(), rows))
                .execute(options)
                .records();
        List<Change> changes = changes(type, place, found == null ? List.of() : found, limit);
        boolean more = found != null && found.size() == rows;
        return new ChangePage(changes, place.after(changes).text(), more);
    }

    private String soql(String type, List<String> fields, Instant since, int rows) {
        return Soql.select(org.asked(fields), type) + " WHERE SystemModstamp >= " + Soql.time(since)
                + " AND SystemModstamp < " + Soql.time(time.now().minus(SETTLED))
                + " ORDER BY SystemModstamp, Id LIMIT " + rows;
    }

    private List<Change> changes(String type, TimeCursor place, List<Map<String, Object>> rows, int limit) {
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            String id = String.valueOf(row.get("Id"));
            Instant changed = SalesforceMapper.time(String.valueOf(row.get("SystemModstamp")));
            if (changed == null) {
                throw org.broken("salesforce.query-all");
            }
            if (!place.gave(id, changed) && changes.size() < limit) {
                boolean deleted = Boolean.TRUE.equals(row.get("IsDeleted"));
                changes.add(new Change(
                        org.ref(type, id), deleted, changed, org.fields().toHost(new LinkedHashMap<>(row))));
            }
        }
        return changes;
    }
}
