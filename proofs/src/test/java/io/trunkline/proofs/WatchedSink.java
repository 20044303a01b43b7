package io.trunkline.proofs;

import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A sink between whose steps others may come, and which counts batches that were taken from a run that is no longer the newest. */
record WatchedSink(Sink plain, Books books) implements Sink {

    /** What all runs of one stream have done. */
    static final class Books {

        final AtomicInteger staleAccepted = new AtomicInteger();
        final AtomicInteger written = new AtomicInteger();
        private final AtomicLong newest = new AtomicLong();
        private final Runnable beforeWrite;
        private final Runnable afterWrite;
        /** Whether every batch pretends to be of the newest run. */
        private final boolean forged;

        Books(Runnable beforeWrite, Runnable afterWrite, boolean forged) {
            this.beforeWrite = beforeWrite;
            this.afterWrite = afterWrite;
            this.forged = forged;
        }
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        Optional<SyncCursor> kept = plain.open(stream);
        books.newest.accumulateAndGet(stream.fence(), Math::max);
        return kept;
    }

    @Override
    public boolean keepsCursors() {
        return plain.keepsCursors();
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        books.beforeWrite.run();
        long newest = books.newest.get();
        SinkResult result = plain.write(
                books.forged ? new SinkBatch(batch.stream(), batch.records(), batch.next(), newest) : batch);
        if (batch.fence() < newest) {
            books.staleAccepted.incrementAndGet();
        }
        books.written.incrementAndGet();
        books.afterWrite.run();
        return result;
    }

    @Override
    public void close() {
        plain.close();
    }
}
