package io.trunkline.sync;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far a run has come: its cursor, and in a full run the keys it has seen, moved on together. */
final class SyncProgress {

    private final String stream;
    private final SyncStates states;
    private final SyncFence fence;
    private final Sink sink;
    private final @Nullable KeyLedger ledger;
    private boolean restarting;

    SyncProgress(SyncJob job, String stream, SyncStates states, SyncFence fence, Sink sink) {
        this.stream = stream;
        this.states = states;
        this.fence = fence;
        this.sink = sink;
        this.ledger =
                job.mode() == SyncMode.FULL && !sink.replaces() ? new KeyLedger(job, stream, states, fence) : null;
    }

    /**
     * Where to begin. A full run trusts its own cursor alone, because only that moves together with the keys it has seen;
     * what the sink has more of is written once more.
     */
    Optional<SyncCursor> begin(SinkStream opened) {
        Optional<SyncCursor> kept = sink.open(opened);
        restarting = states.restarting(stream);
        if (restarting) {
            sink.discard();
        }
        boolean ownCursor = ledger != null || !sink.keepsCursors();
        Optional<SyncCursor> trusted = ownCursor ? states.cursor(stream) : kept;
        Optional<SyncCursor> from = restarting ? Optional.empty() : trusted;
        if (ledger == null) {
            return from;
        }
        if (restarting) {
            ledger.distrust();
        }
        return ledger.begin(from);
    }

    boolean unchanged(Change record) {
        return ledger != null && ledger.unchanged(record);
    }

    /** Says what is about to be written or put aside. */
    void announce(Collection<Change> records) {
        if (ledger != null && !records.isEmpty()) {
            ledger.announce(records);
        }
    }

    /** Keeps that a page is safe in the sink. */
    void keep(ChangePage page) {
        if (sink.keepsCursors() && ledger == null && !restarting) {
            return;
        }
        fence.inside(inside -> {
            SyncStates now = states.in(inside);
            now.keep(stream, page.next());
            if (ledger != null) {
                ledger.keep(inside, page.changes());
            }
            if (restarting) {
                now.restart(stream, false);
            }
        });
        restarting = false;
    }

    void end(Consumer<List<Change>> gone) {
        if (ledger != null) {
            ledger.end(gone);
        }
        sink.complete();
    }
}
