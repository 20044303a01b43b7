package io.trunkline.sync;

import io.trunkline.value.CallOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One synchronisation, described: records of one type, from a feed, through a transform, into a sink. Immutable; run by
 * {@link SyncRunner}.
 */
public final class SyncJob {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int LARGEST_BATCH = 2000;
    private static final int MOST_AT_ONCE = 16;

    private final String name;
    private final ChangeFeed feed;
    private final String type;
    private final Supplier<Sink> sink;
    private final Transform transform;
    private final SyncMode mode;
    private final int batch;
    private final PoisonLimit poison;
    private final int atOnce;
    private final @Nullable Executor ahead;

    private SyncJob(Builder builder, Supplier<Sink> sink) {
        this.name = builder.name;
        this.feed = Objects.requireNonNull(builder.feed, "from is required, but was not set");
        this.type = Objects.requireNonNull(builder.type, "from is required, but was not set");
        this.sink = sink;
        this.transform = builder.transform;
        this.mode = builder.mode;
        this.batch = builder.batch;
        this.poison = builder.poison;
        this.atOnce = builder.atOnce;
        this.ahead = builder.ahead;
    }

    /**
     * Begins a job.
     *
     * @param name 1 to 40 lower-case letters, digits and hyphens; what is known of its progress hangs on it
     * @throws IllegalArgumentException if the name is of another form
     */
    public static Builder named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be 1 to 40 lower-case letters, digits and hyphens");
        }
        return new Builder(name);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** Where records come from, in the bulk lane. */
    public ChangeFeed feed() {
        return feed.with(CallOptions.bulk());
    }

    /** The records' type in the platform's own words. */
    public String type() {
        return type;
    }

    /** Opens where records go. */
    public Sink openSink() {
        return sink.get();
    }

    /** What becomes of records on their way. */
    public Transform transform() {
        return transform;
    }

    /** How much is read. */
    public SyncMode mode() {
        return mode;
    }

    /** Most records of a batch. */
    public int batch() {
        return batch;
    }

    /** How many records may be put aside before a run ends. */
    public PoisonLimit poison() {
        return poison;
    }

    /** The parts that a run reads: the feed's, if they are to be read side by side, otherwise all as one. */
    List<FeedPartition> partitions() {
        return atOnce == 0 ? List.of(FeedPartition.whole(feed())) : FeedPartition.of(feed(), type);
    }

    /** How many parts are read at once. */
    int atOnce() {
        return atOnce;
    }

    /** Where the next page is read while the last one is written; empty if that waits. */
    public Optional<Executor> ahead() {
        return Optional.ofNullable(ahead);
    }

    /** The name alone. */
    @Override
    public String toString() {
        return "SyncJob[" + name + "]";
    }

    /** Collects what a job is made of. */
    public static final class Builder {

        private final String name;
        private @Nullable ChangeFeed feed;
        private @Nullable String type;
        private Transform transform = Transform.none();
        private SyncMode mode = SyncMode.INCREMENTAL;
        private int batch = 500;
        private PoisonLimit poison = PoisonLimit.STANDARD;
        private int atOnce;
        private @Nullable Executor ahead;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Where records come from.
         *
         * @throws IllegalArgumentException if the feed has no such type
         */
        public Builder from(ChangeFeed value, String recordType) {
            if (!value.types().contains(recordType)) {
                throw new IllegalArgumentException("the feed offers no such type; it offers " + value.types());
            }
            this.feed = value;
            this.type = recordType;
            return this;
        }

        /** What becomes of records on their way; nothing unless said otherwise. */
        public Builder transform(Transform value) {
            this.transform = value;
            return this;
        }

        /** How much is read; what has changed unless said otherwise. */
        public Builder mode(SyncMode value) {
            this.mode = value;
            return this;
        }

        /**
         * Most records of a batch, 1 to 2000; 500 unless said otherwise.
         *
         * @throws IllegalArgumentException if it is not
         */
        public Builder batch(int value) {
            if (value < 1 || value > LARGEST_BATCH) {
                throw new IllegalArgumentException("batch must be 1 to " + LARGEST_BATCH + ", but was " + value);
            }
            this.batch = value;
            return this;
        }

        /** How many records may be put aside before a run ends; a hundred, or one of a hundred, unless said otherwise. */
        public Builder poison(PoisonLimit value) {
            this.poison = value;
            return this;
        }

        /**
         * Reads the feed's parts side by side, each with a cursor of its own; for large feeds, and sinks that several
         * threads may write to through objects of their own.
         *
         * @param most how many at once, 1 to 16
         * @throws IllegalArgumentException if it is not
         */
        public Builder sideBySide(int most) {
            if (most < 1 || most > MOST_AT_ONCE) {
                throw new IllegalArgumentException("side by side must be 1 to " + MOST_AT_ONCE + ", but was " + most);
            }
            this.atOnce = most;
            return this;
        }

        /**
         * Reads the next page while the last one is written, which takes another thread and the memory of one more page.
         * Nothing is written before its turn, and no cursor moves sooner.
         *
         * @param executor the application's own, with a thread to spare for each such job that runs
         */
        public Builder readAhead(Executor executor) {
            this.ahead = executor;
            return this;
        }

        /** The finished job, with where its records go: opened at the begin of each run, closed at its end. */
        public SyncJob into(Supplier<Sink> sink) {
            return new SyncJob(this, sink);
        }
    }
}
