package io.trunkline.sync;

import io.trunkline.store.Lease;
import java.util.List;
import java.util.Optional;

/** One record that was put aside, tried once more. */
final class SyncReplay {

    private final SyncJob job;
    private final DeadRecords dead;
    private final Lease lease;

    SyncReplay(SyncJob job, DeadRecords dead, Lease lease) {
        this.job = job;
        this.dead = dead;
        this.lease = lease;
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
        return dead.remove(id);
    }

    private void write(Change record) {
        try (Sink sink = job.openSink()) {
            if (job.mode() == SyncMode.FULL && sink.replaces()) {
                throw new IllegalStateException("the next full run reads the record anyway: run the job instead");
            }
            // A stream of its own, so that the job's cursor stays where it is.
            String stream = job.name() + ".replay";
            sink.open(new SinkStream(stream, job.type(), lease.token()));
            SinkResult result =
                    sink.write(new SinkBatch(stream, List.of(record), new SyncCursor("replay"), lease.token()));
            result.refused().forEach(refused -> {
                throw new PoisonException(refused.reason());
            });
        }
    }
}
