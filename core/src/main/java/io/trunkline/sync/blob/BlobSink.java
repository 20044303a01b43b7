package io.trunkline.sync.blob;

import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.sync.Change;
import io.trunkline.sync.PoisonException;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkResult.Refused;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store of blobs as the target of a synchronisation: of each record its attachments, recordings or transcripts, copied
 * as streams. What is there in the same version is not fetched again. A record whose content is not there, too large or
 * not what its checksum says is put aside; what breaks off is gone on with, in this run or the next. The blobs of deleted
 * records stay unless said otherwise. Used by one run at a time.
 *
 * <p>A batch must be written within the five minutes of a run's lease, so choose small ones: {@code SyncJob.batch(5)}.
 */
public final class BlobSink implements Sink {

    private final BlobStore store;
    private final Function<Change, List<Blob>> blobs;
    private final Function<Change, List<String>> gone;
    private final long largest;

    private BlobSink(Builder builder) {
        this.store = builder.store;
        this.blobs = builder.blobs;
        this.gone = builder.gone;
        this.largest = builder.largest;
    }

    /**
     * Begins with where blobs go and what belongs to a record.
     *
     * @param blobs nothing for a record without any; an {@link IllegalArgumentException} puts the record aside
     */
    public static Builder into(BlobStore store, Function<Change, List<Blob>> blobs) {
        return new Builder(store, blobs);
    }

    /** A blob store has no transactions. */
    @Override
    public boolean keepsCursors() {
        return false;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        return Optional.empty();
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        int written = 0;
        List<Refused> refused = new ArrayList<>();
        for (Change record : batch.records()) {
            try {
                written += write(record) ? 1 : 0;
            } catch (PoisonException
                    | IllegalArgumentException
                    | NotFoundException
                    | InvalidRequestException
                    | SecurityPolicyException e) {
                refused.add(new Refused(record, String.valueOf(e.getMessage())));
            }
        }
        return new SinkResult(written, batch.records().size() - written - refused.size(), refused);
    }

    @Override
    public void close() {}

    private boolean write(Change record) {
        boolean changed = false;
        if (record.deleted()) {
            for (String key : gone.apply(record)) {
                changed |= store.delete(key);
            }
            return changed;
        }
        for (Blob blob : blobs.apply(record)) {
            changed |= copied(blob);
        }
        return changed;
    }

    private boolean copied(Blob blob) {
        Optional<StoredBlob> kept = store.find(blob.key());
        if (kept.isPresent() && kept.get().version().equals(blob.version())) {
            return false;
        }
        try (BlobWriter writer = store.write(blob.key(), blob.version())) {
            new BlobCopy(writer, largest).copy(blob);
            return true;
        }
    }

    /** Collects how blobs are copied. */
    public static final class Builder {

        private static final long LARGEST = 2L << 30;

        private final BlobStore store;
        private final Function<Change, List<Blob>> blobs;
        private Function<Change, List<String>> gone = record -> List.of();
        private long largest = LARGEST;

        private Builder(BlobStore store, Function<Change, List<Blob>> blobs) {
            this.store = store;
            this.blobs = blobs;
        }

        /** Deletes blobs of records that are gone; of those there is nothing left but reference and time. */
        public Builder deleting(Function<Change, List<String>> keys) {
            this.gone = keys;
            return this;
        }

        /**
         * How large a blob may be; two gibibytes unless said otherwise.
         *
         * @throws IllegalArgumentException if it is not at least 1
         */
        public Builder largest(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("largest must be at least 1, but was " + bytes);
            }
            this.largest = bytes;
            return this;
        }

        /** What opens the sink for each run. */
        public Supplier<Sink> build() {
            return () -> new BlobSink(this);
        }
    }
}
