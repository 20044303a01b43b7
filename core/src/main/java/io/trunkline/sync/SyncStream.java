package io.trunkline.sync;

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

/** One stream of a run, all records or a part of them: page after page, each safe in the sink before the cursor moves on. */
final class SyncStream {

    private static final Duration RENEWED_EVERY = SyncRunner.LEASE.dividedBy(10);

    private final SyncJob job;
    private final FeedPartition part;
    private final String stream;
    private final SyncBook book;
    private final SyncStates states;
    private final DeadRecords dead;
    private final Lease lease;
    private final SyncFence fence;
    private Instant renewed = Instant.EPOCH;

    SyncStream(SyncRun run, FeedPartition part) {
        this.job = run.job();
        this.part = part;
        this.stream = part.stream(job.name());
        this.book = run.book();
        this.states = run.states();
        this.dead = run.dead();
        this.lease = run.lease();
        // Of its own, because parts of one run that share a row would each take the others for another run.
        this.fence = run.fence().of(stream);
    }

    /** Reads to the end of the feed, or to the next page once it is asked to stop. */
    State go(BooleanSupplier stopping) {
        try (Sink sink = job.openSink()) {
            return pages(sink, stopping);
        }
    }

    private State pages(Sink sink, BooleanSupplier stopping) {
        SyncProgress progress = new SyncProgress(job, stream, states, fence, sink);
        Optional<SyncCursor> cursor = begin(progress);
        boolean more = true;
        try (PageReader reader = new PageReader(job, part.feed())) {
            while (more) {
                if (stopping.getAsBoolean() || states.paused(job.name())) {
                    return State.STOPPED;
                }
                requireLease();
                ChangePage page = reader.read(cursor);
                requireProgress(page, cursor);
                if (!page.changes().isEmpty() || !Optional.of(page.next()).equals(cursor)) {
                    take(sink, page, progress);
                }
                cursor = Optional.of(page.next());
                more = page.more();
                book.publish();
                book.requireFewPoisoned();
            }
        }
        SyncCursor last = cursor.orElseThrow();
        progress.end(gone ->
                written(sink, progress, SyncPage.of(gone, Transform.none(), record -> false), last, gone.size()));
        return State.COMPLETED;
    }

    /** One after the other, because they may all have to make the same target. */
    private Optional<SyncCursor> begin(SyncProgress progress) {
        synchronized (book) {
            return progress.begin(new SinkStream(stream, job.type(), lease.token(), job.mode()));
        }
    }

    private void take(Sink sink, ChangePage page, SyncProgress progress) {
        book.saw(page.changes());
        SyncPage made = SyncPage.of(page.changes(), job.transform(), progress::unchanged);
        written(sink, progress, made, page.next(), page.changes().size());
        progress.keep(page);
        book.wrote(stream, page);
    }

    /** What does not fit is put aside first: when a batch is written, nobody may come back to it. */
    private void written(Sink sink, SyncProgress progress, SyncPage made, SyncCursor next, int read) {
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
        int skipped = made.skipped() + result.unchanged();
        book.did(new Counts(read, result.written(), skipped, made.unfit().size() + refused));
    }

    private SinkResult write(Sink sink, List<Change> records, SyncCursor next) {
        if (!sink.keepsCursors()) {
            // Such a sink may have no fence of its own: after a slow page it would take an older state for the newest.
            requireLease();
        }
        return sink.write(new SinkBatch(stream, records, next, lease.token()));
    }

    /** Puts records aside, and takes back what was put aside of others that are to be written now. */
    private void putAside(SyncPage made, Map<String, String> reasons) {
        if (reasons.isEmpty() && dead.isEmpty()) {
            return;
        }
        fence.inside(inside -> {
            DeadRecords here = dead.in(inside);
            made.fit().forEach(record -> here.remove(record.ref().id()));
            reasons.forEach((key, reason) -> here.add(made.given(key), part.name(), reason));
        });
    }

    /** Held it must be all the while; to hold it longer is written down now and then, not with each page. */
    private void requireLease() {
        Instant now = states.time().now();
        boolean renewing = Duration.between(renewed, now).abs().compareTo(RENEWED_EVERY) >= 0;
        if (!(renewing ? lease.renew(SyncRunner.LEASE) : lease.held())) {
            throw new IllegalStateException("another run has taken the job over");
        }
        if (renewing) {
            renewed = now;
        }
    }

    private static void requireProgress(ChangePage page, Optional<SyncCursor> cursor) {
        if (page.more() && cursor.isPresent() && cursor.get().equals(page.next())) {
            throw new IllegalStateException("the feed goes in a circle: it promises more and does not move on");
        }
    }
}
