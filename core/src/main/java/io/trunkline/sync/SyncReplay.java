package io.trunkline.sync;

import io.trunkline.store.Lease;
import java.util.List;
import java.util.Optional;

/** One record that was put aside, tried once more. */
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
        Change record = entry.get().record();
        Optional<Change> fit = job.transform().apply(record);
        if (fit.isPresent()) {
            write(fit.get());
        }
        boolean[] removed = {false};
        fence.inside(inside -> removed[0] = dead.in(inside).remove(id));
        return removed[0];
    }

    private void write(Change record) {
        try (Sink sink = job.openSink()) {
            if (job.mode() == SyncMode.FULL && sink.replaces()) {
                throw new IllegalStateException("the next full run reads the record anyway: run the job instead");
            }
            // In the job's own stream, so that its fence holds; the cursor stays where it is.
            Optional<SyncCursor> kept = sink.open(new SinkStream(job.name(), job.type(), lease.token()));
            if (sink.keepsCursors() && kept.isEmpty()) {
                throw new IllegalStateException("nothing of the job was written yet; run it first");
            }
            SyncCursor place = kept.orElse(new SyncCursor("replay"));
            SinkResult result = sink.write(new SinkBatch(job.name(), List.of(record), place, lease.token()));
            result.refused().forEach(refused -> {
                throw new PoisonException(refused.reason());
            });
        }
    }
}
