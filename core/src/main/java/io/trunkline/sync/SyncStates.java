package io.trunkline.sync;

import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of jobs between their runs: cursors, the last report, whether they are paused. */
final class SyncStates {

    private static final String CURSORS = "sync-cursors";
    private static final String REPORTS = "sync-reports";
    private static final String PAUSED = "sync-paused";
    private static final String RESTARTS = "sync-restarts";
    private static final int PAGE = 500;

    private final Store store;
    private final TimeSource time;

    SyncStates(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /** The same in a transaction that is under way. */
    SyncStates in(Store inside) {
        return new SyncStates(inside, time);
    }

    Store store() {
        return store;
    }

    TimeSource time() {
        return time;
    }

    Optional<SyncCursor> cursor(String stream) {
        return store.values(CURSORS)
                .get(stream)
                .map(entry ->
                        new SyncCursor(String.valueOf(Json.object(entry.value()).get("cursor"))));
    }

    void keep(String stream, SyncCursor cursor) {
        Values cursors = store.values(CURSORS);
        long version = cursors.get(stream).map(Versioned::version).orElse(Values.ABSENT);
        cursors.put(stream, Json.write(Map.of("cursor", cursor.text())), version, null);
    }

    void forget(String stream) {
        Values cursors = store.values(CURSORS);
        cursors.get(stream).ifPresent(entry -> cursors.delete(stream, entry.version()));
    }

    /** Whether a run of the job must begin at the beginning, whatever sink and store say. */
    boolean restarting(String job) {
        return store.values(RESTARTS).get(job).isPresent();
    }

    void restart(String job, boolean restarting) {
        mark(RESTARTS, job, restarting);
    }

    boolean paused(String job) {
        return store.values(PAUSED).get(job).isPresent();
    }

    void pause(String job, boolean paused) {
        mark(PAUSED, job, paused);
    }

    private void mark(String space, String job, boolean marked) {
        Values values = store.values(space);
        Optional<Versioned> before = values.get(job);
        if (marked) {
            values.put(job, new byte[0], Values.ABSENT, null);
        } else {
            before.ifPresent(entry -> values.delete(job, entry.version()));
        }
    }

    /** A report of a run that did not begin. It does not take the last run's place. */
    SyncReport ended(String job, State state, String problem) {
        Instant now = time.now();
        return new SyncReport(job, state, now, now, Counts.NONE, null, List.of(), problem);
    }

    SyncReport publish(SyncReport report) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("state", report.state().name());
        entry.put("startedAt", report.startedAt().toString());
        entry.put("updatedAt", report.updatedAt().toString());
        entry.put("read", report.counts().read());
        entry.put("written", report.counts().written());
        entry.put("skipped", report.counts().skipped());
        entry.put("dead", report.counts().dead());
        Duration lag = report.lag();
        entry.put("lag", lag == null ? null : lag.toMillis());
        entry.put("drift", report.drift());
        entry.put("problem", report.problem());
        Values reports = store.values(REPORTS);
        long version = reports.get(report.job()).map(Versioned::version).orElse(Values.ABSENT);
        reports.put(report.job(), Json.write(entry), version, null);
        return report;
    }

    List<String> jobs() {
        Set<String> names = new TreeSet<>();
        for (String space : List.of(REPORTS, PAUSED)) {
            Optional<String> cursor = Optional.empty();
            do {
                Page<Versioned> page = store.values(space).list("", cursor, PAGE);
                page.items().forEach(entry -> names.add(entry.key()));
                cursor = page.next();
            } while (cursor.isPresent());
        }
        return List.copyOf(names);
    }

    Optional<SyncReport> report(String job) {
        return store.values(REPORTS).get(job).map(entry -> report(job, Json.object(entry.value())));
    }

    private static SyncReport report(String job, Map<String, @Nullable Object> entry) {
        List<String> drift = entry.get("drift") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new SyncReport(
                job,
                State.valueOf(String.valueOf(entry.get("state"))),
                Instant.parse(String.valueOf(entry.get("startedAt"))),
                Instant.parse(String.valueOf(entry.get("updatedAt"))),
                new Counts(
                        number(entry, "read"),
                        number(entry, "written"),
                        number(entry, "skipped"),
                        number(entry, "dead")),
                entry.get("lag") instanceof Long millis ? Duration.ofMillis(millis) : null,
                drift,
                String.valueOf(entry.get("problem")));
    }

    private static long number(Map<String, @Nullable Object> entry, String name) {
        return entry.get(name) instanceof Long value ? value : 0;
    }
}
