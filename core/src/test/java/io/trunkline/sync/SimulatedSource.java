package io.trunkline.sync;

import io.trunkline.simulation.Chances;
import io.trunkline.simulation.Fault;
import io.trunkline.value.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A platform whose clock has a grain of a second and whose transactions commit up to two seconds late: few records that
 * change, vanish and come back as they were, several at one time. It is read by time, or from the first id to the last.
 */
final class SimulatedSource {

    static final String TYPE = "Contact";
    static final String POISON = "poison";
    private static final int RECORDS = 9;
    private static final int LATE_SECONDS = 3;
    private static final int ENOUGH_READINGS = 4;

    private final Map<String, Change> records = new TreeMap<>();
    private final Chances chances;
    private final Map<String, Integer> thereSince = new HashMap<>();
    private final List<Integer> wholeReadings = new ArrayList<>();
    private int versions;
    private int moment;

    SimulatedSource(Chances chances) {
        this.chances = chances;
    }

    /** Lets one or some records change at one time. */
    void change(Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(chances.below(LATE_SECONDS));
        for (int changes = 1 + chances.below(4); changes > 0; changes--) {
            change("r" + chances.below(RECORDS), at);
        }
    }

    /** Whether a record has been there without a break while it was read several times from the beginning. */
    boolean longThere(String id) {
        int before = wholeReadings.size() - ENOUGH_READINGS;
        return before >= 0 && thereSince.getOrDefault(id, Integer.MAX_VALUE) < wholeReadings.get(before);
    }

    /** Every record as it is now, the gone ones too. */
    Map<String, Change> records() {
        return records;
    }

    /** By time, with the tombstones; what may still get company of its time is left for later. */
    ChangePage byTime(Optional<SyncCursor> from, int limit, Instant now) {
        Instant last = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(LATE_SECONDS);
        TimeCursor cursor = TimeCursor.parse(from, "crm/" + TYPE, now);
        List<Change> left = left(record ->
                !record.changedAt().isAfter(last) && !cursor.gave(record.ref().id(), record.changedAt()));
        List<Change> given = left.subList(0, Math.min(limit, left.size()));
        return new ChangePage(given, cursor.after(given).text(), left.size() > given.size());
    }

    /** A wrong feed: it goes on after the last time, not at it. */
    ChangePage afterTime(Optional<SyncCursor> from, int limit, Instant now) {
        ChangePage page = byTime(from, limit, now);
        Optional<Instant> last = page.changes().stream().map(Change::changedAt).max(Comparator.naturalOrder());
        return last.map(at -> new ChangePage(
                        page.changes(),
                        new TimeCursor("crm/" + TYPE, at.plus(Duration.ofNanos(1)), Set.of()).text(),
                        page.more()))
                .orElse(page);
    }

    /** By id, without the gone ones. */
    ChangePage byId(Optional<SyncCursor> from, int limit) {
        if (from.isEmpty()) {
            wholeReadings.add(++moment);
        }
        String after = from.map(SyncCursor::text).orElse("");
        List<Change> left = records.values().stream()
                .filter(record -> !record.deleted() && record.ref().id().compareTo(after) > 0)
                .toList();
        List<Change> given = left.subList(0, Math.min(limit, left.size()));
        String next =
                given.isEmpty() ? after : given.get(given.size() - 1).ref().id();
        return new ChangePage(given, new SyncCursor(next), left.size() > given.size());
    }

    private List<Change> left(Predicate<Change> wanted) {
        return records.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Change::changedAt)
                        .thenComparing(record -> record.ref().id()))
                .toList();
    }

    private void change(String id, Instant at) {
        Optional<Change> before = Optional.ofNullable(records.get(id));
        Instant later = before.map(Change::changedAt).filter(at::isBefore).orElse(at);
        boolean goes = before.isPresent() && !before.get().deleted() && chances.below(4) == 0;
        boolean comesBack = before.isPresent() && before.get().deleted() && chances.below(2) == 0;
        Map<String, Object> fields =
                goes || comesBack ? new HashMap<>(before.get().fields()) : next();
        if (goes) {
            thereSince.remove(id);
        } else {
            thereSince.putIfAbsent(id, ++moment);
        }
        records.put(id, new Change(RecordRef.of("crm", TYPE, id), goes, later, fields));
    }

    private Map<String, Object> next() {
        Map<String, Object> fields = new HashMap<>(Map.of("version", (long) ++versions));
        if (chances.strikes(Fault.POISON)) {
            fields.put(POISON, chances.below(2) == 0 ? "transform" : "sink");
        }
        return fields;
    }
}
