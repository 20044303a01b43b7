package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Lease;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        this.startedAt = states.time().now();
    }

    SyncReport go() {
        try (Sink sink = job.openSink()) {
            State end = pages(sink);
            schema.keep(end == State.COMPLETED);
            return states.publish(report(end, ""));
        } catch (RuntimeException e) {
            String problem = e instanceof ConnectorException known
                    ? String.valueOf(known.getMessage())
                    : e.getClass().getSimpleName() + ": " + e.getMessage();
            return states.publish(report(State.FAILED, Masking.mask(problem)));
        }
    }

    private State pages(Sink sink) {
        SyncProgress progress = new SyncProgress(job, states, sink);
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
            states.publish(report(State.RUNNING, ""));
            requireFewPoisoned();
        }
        SyncCursor last = cursor.orElseThrow();
        progress.end(gone -> counts = counts.plus(written(sink, gone, last, gone.size())));
        return State.COMPLETED;
    }

    private void take(Sink sink, SyncProgress progress, ChangePage page) {
        page.changes().forEach(schema::saw);
        SyncPage made = SyncPage.of(page.changes(), job.transform(), progress::unchanged);
        if (!sink.keepsCursors()) {
            // Such a sink has no fence of its own: after a slow page it would take an older state for the newest.
            requireLease();
        }
        made.unfit().forEach(dead::add);
        counts = counts.plus(new Counts(0, 0, made.skipped(), made.unfit().size()))
                .plus(written(sink, made.fit(), page.next(), page.changes().size()));
        progress.keep(page, lease.token());
        if (!page.changes().isEmpty()) {
            Change last = page.changes().get(page.changes().size() - 1);
            lag = Duration.between(last.changedAt(), states.time().now());
        }
    }

    private Counts written(Sink sink, List<Change> records, SyncCursor next, int read) {
        SinkResult result = sink.write(new SinkBatch(job.name(), records, next, lease.token()));
        dead.superseded(records);
        result.refused().forEach(refused -> dead.add(refused.record(), refused.reason()));
        return new Counts(
                read, result.written(), result.unchanged(), result.refused().size());
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
