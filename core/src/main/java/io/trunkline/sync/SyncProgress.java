package io.trunkline.sync;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far a run has come: its cursor, and in a full run the keys it has seen, moved on together. */
final class SyncProgress {

    private final SyncJob job;
    private final SyncStates states;
    private final @Nullable KeyLedger ledger;
    private boolean restarting;

    SyncProgress(SyncJob job, SyncStates states) {
        this.job = job;
        this.states = states;
        this.ledger = job.mode() == SyncMode.FULL ? new KeyLedger(job, states.store()) : null;
    }

    /**
     * Where to begin. A full run trusts its own cursor alone, because only that moves together with the keys it has seen;
     * what the sink has more of is written once more.
     */
    Optional<SyncCursor> begin(Optional<SyncCursor> kept) {
        restarting = states.restarting(job.name());
        Optional<SyncCursor> trusted = ledger == null ? kept : states.cursor(job.name());
        Optional<SyncCursor> from = restarting ? Optional.empty() : trusted;
        return ledger == null ? from : ledger.begin(from);
    }

    boolean unchanged(Change record) {
        return ledger != null && ledger.unchanged(record);
    }

    /** Keeps that a page is safe in the sink. */
    void keep(ChangePage page, boolean keptBySink, long fence) {
        if (!keptBySink || ledger != null) {
            states.store().atomically(inside -> {
                SyncStates.keep(inside, job.name(), page.next(), fence);
                if (ledger != null) {
                    ledger.keep(inside, page.changes());
                }
                return true;
            });
        }
        if (restarting) {
            states.restart(job.name(), false);
            restarting = false;
        }
    }

    void end(Consumer<List<Change>> gone) {
        if (ledger != null) {
            ledger.end(gone);
        }
    }
}
