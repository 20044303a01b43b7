package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Lease;
import java.util.List;
import java.util.Optional;

/** Records that were put aside, tried once more. */
final class SyncReplay {

    private final SyncJob job;
    private final DeadRecords dead;
    private final Lease lease;
    private final SyncFence fence;

    SyncReplay(SyncJob job, DeadRecords dead, Lease lease, SyncFence fence) {
        this.job = job;
        this.dead = dead;
        this.lease = lease;
        this.fence = fence;
    }

    boolean replay(String id) {
        Optional<DeadRecord> entry = dead.get(id);
        if (entry.isEmpty()) {
            return false;
        }
        transformed(entry.get().record()).ifPresent(this::write);
        boolean[] removed = {false};
        fence.inside(inside -> removed[0] = dead.in(inside).remove(id));
        return removed[0];
    }

    /** Tries the records that were marked for the next run; what does not fit now either stays, with what is wrong now. */
    void marked() {
        for (String id : dead.marked()) {
            try {
                replay(id);
                fence.inside(inside -> dead.in(inside).unmark(id));
            } catch (PoisonException e) {
                fence.inside(inside -> stays(dead.in(inside), id, String.valueOf(e.getMessage())));
            } catch (IllegalStateException e) {
                return; // The target cannot take a single record yet; the run that follows may change that.
            }
        }
    }

    private static void stays(DeadRecords here, String id, String reason) {
        here.get(id).ifPresent(entry -> here.add(entry.record(), reason));
        here.unmark(id);
    }

    private Optional<Change> transformed(Change record) {
        try {
            return job.transform().apply(record);
        } catch (ConnectorException | PoisonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PoisonException(Masking.mask(e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
    }

    private void write(Change record) {
        try (Sink sink = job.openSink()) {
            if (job.mode() == SyncMode.FULL && sink.replaces()) {
                throw new IllegalStateException("the next full run reads the record anyway: run the job instead");
            }
            // In a stream of the job's own, so that its fence holds; the cursor stays where it is.
            String stream = job.partitions().get(0).stream(job.name());
            Optional<SyncCursor> kept = sink.open(new SinkStream(stream, job.type(), lease.token()));
            if (sink.keepsCursors() && kept.isEmpty()) {
                throw new IllegalStateException("nothing of the job was written yet; run it first");
            }
            SyncCursor place = kept.orElse(new SyncCursor("replay"));
            SinkResult result = sink.write(new SinkBatch(stream, List.of(record), place, lease.token()));
            result.refused().forEach(refused -> {
                throw new PoisonException(refused.reason());
            });
        }
    }
}
