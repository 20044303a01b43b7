package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Lease;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run of one job: page after page, each safe in the sink before the cursor moves on. */
final class SyncRun {

    private final SyncJob job;
    private final SyncStates states;
    private final DeadRecords dead;
    private final Lease lease;
    private final BooleanSupplier closed;
    private final SchemaWatch schema;
    private final SyncFence fence;
    private final Instant startedAt;
    private Counts counts = Counts.NONE;
    private @Nullable Duration lag;

    SyncRun(SyncJob job, SyncStates states, DeadRecords dead, Lease lease, BooleanSupplier closed) {
        this.job = job;
        this.states = states;
        this.dead = dead;
        this.lease = lease;
        this.closed = closed;
        this.schema = new SchemaWatch(states.store(), job.name());
        this.fence = new SyncFence(states.store(), job.name(), lease.token());
        this.startedAt = states.time().now();
    }

    SyncReport go() {
        try {
            new SyncReplay(job, dead, lease, fence).marked();
            State end = pages();
            schema.keep(end == State.COMPLETED);
            return told(report(end, ""));
        } catch (RuntimeException e) {
            return told(report(State.FAILED, problem(e)));
        }
    }

    private State pages() {
        try (Sink sink = job.openSink()) {
            return pages(sink);
        }
    }

    static String problem(RuntimeException e) {
        return Masking.mask(
                e instanceof ConnectorException known
                        ? String.valueOf(known.getMessage())
                        : e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private State pages(Sink sink) {
        SyncProgress progress = new SyncProgress(job, states, fence, sink);
        Optional<SyncCursor> cursor = progress.begin(new SinkStream(job.name(), job.type(), lease.token(), job.mode()));
        boolean more = true;
        while (more) {
            if (closed.getAsBoolean() || states.paused(job.name())) {
                return State.STOPPED;
            }
            requireLease();
            ChangePage page = job.feed().read(job.type(), cursor, job.batch());
            requireProgress(page, cursor);
            if (!page.changes().isEmpty() || !Optional.of(page.next()).equals(cursor)) {
                take(sink, progress, page);
            }
            cursor = Optional.of(page.next());
            more = page.more();
            told(report(State.RUNNING, ""));
            requireFewPoisoned();
        }
        SyncCursor last = cursor.orElseThrow();
        progress.end(gone -> counts = counts.plus(
                written(sink, progress, SyncPage.of(gone, Transform.none(), record -> false), last, gone.size())));
        return State.COMPLETED;
    }

    private void take(Sink sink, SyncProgress progress, ChangePage page) {
        page.changes().forEach(schema::saw);
        SyncPage made = SyncPage.of(page.changes(), job.transform(), progress::unchanged);
        counts = counts.plus(
                written(sink, progress, made, page.next(), page.changes().size()));
        progress.keep(page);
        if (!page.changes().isEmpty()) {
            Change last = page.changes().get(page.changes().size() - 1);
            lag = Duration.between(last.changedAt(), states.time().now());
        }
    }

    /** What does not fit is put aside first: when a batch is written, nobody may come back to it. */
    private Counts written(Sink sink, SyncProgress progress, SyncPage made, SyncCursor next, int read) {
        progress.announce(made.given());
        putAside(made, made.unfit());
        List<Change> records = new ArrayList<>(made.fit());
        SinkResult result = write(sink, records, next);
        int refused = 0;
        while (!result.refused().isEmpty()) {
            Map<String, String> reasons = new LinkedHashMap<>();
            result.refused().forEach(each -> reasons.put(each.record().ref().id(), each.reason()));
            if (!records.removeIf(record -> reasons.containsKey(record.ref().id()))) {
                throw new IllegalStateException("the sink refuses records that it was not given");
            }
            putAside(made, reasons);
            refused += reasons.size();
            if (!sink.keepsCursors()) {
                break; // It has written the others, and the cursor has not moved yet.
            }
            result = write(sink, records, next);
        }
        return new Counts(
                read,
                result.written(),
                made.skipped() + result.unchanged(),
                made.unfit().size() + refused);
    }

    private SinkResult write(Sink sink, List<Change> records, SyncCursor next) {
        if (!sink.keepsCursors()) {
            // Such a sink may have no fence of its own: after a slow page it would take an older state for the newest.
            requireLease();
        }
        return sink.write(new SinkBatch(job.name(), records, next, lease.token()));
    }

    /** Puts records aside, and takes back what was put aside of others that are to be written now. */
    private void putAside(SyncPage made, Map<String, String> reasons) {
        if (reasons.isEmpty() && dead.isEmpty()) {
            return;
        }
        fence.inside(inside -> {
            DeadRecords here = dead.in(inside);
            made.fit().forEach(record -> here.remove(record.ref().id()));
            reasons.forEach((key, reason) -> here.add(made.given(key), reason));
        });
    }

    /** A run that was taken over says nothing any more. */
    private SyncReport told(SyncReport report) {
        return fence.stands() ? states.publish(report) : report;
    }

    private void requireLease() {
        if (!lease.renew(SyncRunner.LEASE)) {
            throw new IllegalStateException("another run has taken the job over");
        }
    }

    private static void requireProgress(ChangePage page, Optional<SyncCursor> cursor) {
        if (page.more() && cursor.isPresent() && cursor.get().equals(page.next())) {
            throw new IllegalStateException("the feed goes in a circle: it promises more and does not move on");
        }
    }

    private void requireFewPoisoned() {
        if (job.poison().passed(counts.dead(), counts.read())) {
            throw new IllegalStateException("too many records had to be put aside: " + counts.dead() + " of "
                    + counts.read() + "; see what is wrong with them and run it again");
        }
    }

    private SyncReport report(State state, String problem) {
        return new SyncReport(job.name(), state, startedAt, states.time().now(), counts, lag, schema.drift(), problem);
    }
}
