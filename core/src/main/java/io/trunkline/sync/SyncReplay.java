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
        Optional<String> stream = dead.get(id).map(this::stream);
        if (stream.isEmpty()) {
            return false;
        }
        SyncFence own = fence.of(stream.get());
        // Looked up again behind the fence: until then an older run that has overslept may write a newer state.
        Optional<DeadRecord> entry = dead.get(id);
        if (entry.isEmpty()) {
            return false;
        }
        transformed(entry.get().record()).ifPresent(record -> write(stream.get(), record));
        boolean[] removed = {false};
        own.inside(inside -> removed[0] = dead.in(inside).remove(id));
        return removed[0];
    }

    /** The one that the record came in, so that the target's fence shuts out the runs that read it. */
    private String stream(DeadRecord entry) {
        return job.partitions().stream()
                .filter(part -> part.name().equals(entry.part()))
                .findFirst()
                .map(part -> part.stream(job.name()))
                .orElseThrow(() -> new IllegalStateException("the record came in part " + entry.part()
                        + ", which the job does not read any more: run it, which reads the record anew, or drop it"));
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
                // The target cannot take a record of this part yet; the run that follows may change that.
            }
        }
    }

    private static void stays(DeadRecords here, String id, String reason) {
        here.get(id).ifPresent(entry -> here.add(entry.record(), entry.part(), reason));
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

    private void write(String stream, Change record) {
        try (Sink sink = job.openSink()) {
            if (job.mode() == SyncMode.FULL && sink.replaces()) {
                throw new IllegalStateException("the next full run reads the record anyway: run the job instead");
            }
            // The stream's cursor stays where it is.
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
