package io.trunkline.sync;

import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all streams of one run enter what they have done into: one report comes of it. Thread-safe. */
final class SyncBook {

    private static final Duration PUBLISHED_EVERY = Duration.ofSeconds(1);

    private final SyncJob job;
    private final SyncStates states;
    private final SyncFence fence;
    private final SchemaWatch schema;
    private final Instant startedAt;
    private final Map<String, Duration> lags = new HashMap<>();
    private Instant published = Instant.EPOCH;
    private Counts counts = Counts.NONE;

    SyncBook(SyncJob job, SyncStates states, SyncFence fence) {
        this.job = job;
        this.states = states;
        this.fence = fence;
        this.schema = new SchemaWatch(states.store(), job.name());
        this.startedAt = states.time().now();
    }

    synchronized void saw(List<Change> records) {
        records.forEach(schema::saw);
    }

    synchronized void did(Counts more) {
        counts = counts.plus(more);
    }

    synchronized void wrote(String stream, ChangePage page) {
        if (!page.changes().isEmpty()) {
            Change last = page.changes().get(page.changes().size() - 1);
            lags.put(stream, Duration.between(last.changedAt(), states.time().now()));
        }
    }

    /** At most once a second, because it is a transaction of its own. */
    synchronized void publish() {
        Instant now = states.time().now();
        if (Duration.between(published, now).abs().compareTo(PUBLISHED_EVERY) >= 0) {
            published = now;
            told(report(State.RUNNING, ""));
        }
    }

    synchronized SyncReport ended(State end, String problem) {
        if (end != State.FAILED) {
            schema.keep(end == State.COMPLETED);
        }
        return told(report(end, problem));
    }

    /** A run that was taken over says nothing any more. */
    private SyncReport told(SyncReport report) {
        return fence.stands() ? states.publish(report) : report;
    }

    synchronized void requireFewPoisoned() {
        if (job.poison().passed(counts.dead(), counts.read())) {
            throw new IllegalStateException("too many records had to be put aside: " + counts.dead() + " of "
                    + counts.read() + "; see what is wrong with them and run it again");
        }
    }

    private SyncReport report(State state, String problem) {
        Duration lag = lags.values().stream().max(Comparator.naturalOrder()).orElse(null);
        return new SyncReport(job.name(), state, startedAt, states.time().now(), counts, lag, schema.drift(), problem);
    }
}
