package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

record MiniChanges(MiniCrm crm, CallOptions options) implements ChangeFeed {

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("changes");
    }

    @Override
    public ChangeFeed with(CallOptions value) {
        return new MiniChanges(crm, value);
    }

    @Override
    public Set<String> types() {
        return Set.of("contact", "account");
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        if (!types().contains(type) || ((limit < 1 || limit > 2_000) && !Flaw.UNCHECKED_INPUT.here())) {
            throw refused();
        }
        TimeCursor place = place(type, from);
        List<Change> all = crm.find(type, Map.of(), options).stream()
                .map(row -> new Change(
                        crm.ref(type, row.get("id")),
                        Boolean.TRUE.equals(row.get("deleted")),
                        Instant.parse(String.valueOf(row.get("at"))),
                        Map.of()))
                .filter(change -> !change.deleted() || !Flaw.NO_DELETIONS.here())
                .sorted(Comparator.comparing(Change::changedAt)
                        .thenComparing(change -> change.ref().id()))
                .toList();
        if (Flaw.PAGES_BY_OFFSET.here()) {
            return byOffset(place, all, limit);
        }
        boolean afterTies = Flaw.SKIPS_TIES.here()
                || (Flaw.LOSES_TIES_WHEN_RESUMED.here()
                        && !place.equals(crm.reached().get()));
        List<Change> news = all.stream()
                .filter(change -> afterTies ? change.changedAt().isAfter(place.time()) : fresh(place, change))
                .toList();
        List<Change> given = news.stream().limit(Math.max(0, limit)).toList();
        return new ChangePage(given, cursor(place.after(given)), news.size() > given.size());
    }

    private static ChangePage byOffset(TimeCursor place, List<Change> all, int limit) {
        int from = place.seen().stream().mapToInt(Integer::parseInt).sum();
        int to = Math.min(all.size(), from + limit);
        TimeCursor next = new TimeCursor(place.feed(), place.time(), Set.of(String.valueOf(to)));
        return new ChangePage(all.subList(from, to), next.text(), to < all.size());
    }

    private static boolean fresh(TimeCursor place, Change change) {
        boolean again = Flaw.GIVES_TWICE.here()
                && change.ref().id().endsWith("5")
                && place.seen().size() < 9;
        return again || !place.gave(change.ref().id(), change.changedAt());
    }

    private SyncCursor cursor(TimeCursor next) {
        crm.reached().set(next);
        return next.text();
    }

    private TimeCursor place(String type, Optional<SyncCursor> from) {
        try {
            return TimeCursor.parse(
                    from, connection() + "/" + type, crm.runtime().time().now());
        } catch (IllegalArgumentException e) {
            if (Flaw.TAKES_ANY_CURSOR.here()) {
                return TimeCursor.start(connection() + "/" + type);
            }
            throw refused();
        }
    }

    private RuntimeException refused() {
        return Failures.of("not this feed's", ErrorContext.of(connection(), "mini.changes", ErrorKind.INVALID_REQUEST));
    }
}
