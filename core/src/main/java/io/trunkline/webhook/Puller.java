package io.trunkline.webhook;

import io.trunkline.delivery.LaterException;
import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads the streams of a {@link PullSource} into the inbox of its connection: one reader of a stream at a time among all
 * nodes that share the store, each page kept in the same commit that moves the cursor on. A stream is read when a
 * notification says so, and by {@link #sweep} when none did for long. Thread-safe.
 */
public final class Puller {

    /** What the name of a source is followed by, for its gaps. */
    static final String GAPS = "/gaps";

    private static final MaskedLog LOG = MaskedLog.of(Puller.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final PullSource source;
    private final Store store;
    private final TimeSource time;
    private final Duration every;
    private final PullGaps gaps;

    /**
     * A reader.
     *
     * @param every how long a stream may stay unread before {@link #sweep} reads it
     * @throws IllegalArgumentException if the period is not positive, or the source's name is of another form
     */
    public Puller(PullSource source, Store store, TimeSource time, Duration every) {
        if (every.isNegative() || every.isZero() || !source.name().matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("a puller needs a positive period and a plain name of its source");
        }
        this.source = source;
        this.store = store;
        this.time = time;
        this.every = every;
        this.gaps = new PullGaps(source);
    }

    /**
     * Reads the streams that were not read for the period, on the caller's thread: what was never notified is found. A
     * stream that somebody else reads is left to them.
     *
     * @return how many events were new
     * @throws RuntimeException what the first stream failed with, after all others were read
     */
    public int sweep() {
        int kept = 0;
        RuntimeException failure = null;
        for (String stream : new TreeSet<>(source.streams())) {
            try {
                kept += due(stream) ? pull(stream, Optional.empty()).orElse(0) : 0;
            } catch (RuntimeException e) {
                LOG.warn("{} cannot be read by {} ({})", source.connection(), source.name(), e.getClass());
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return kept;
    }

    String name() {
        return source.name();
    }

    String connection() {
        return source.connection();
    }

    /** Reads what a notification is about; whoever reads already may be past it, so it is tried again then. */
    void pull(NewsWaiting news) throws LaterException {
        if (pull(news.stream(), Optional.of(news)).isEmpty()) {
            throw new LaterException(time.now().plus(BUSY), "the stream is being read by somebody else");
        }
    }

    List<Event> decode(StoredWebhook stored) {
        byte[] item = stored.request().body();
        return stored.source().endsWith(GAPS) ? List.of(gaps.read(item)) : source.decode(item);
    }

    byte[] content(StoredWebhook stored) {
        return source.content(stored.request().body());
    }

    private boolean due(String stream) {
        PullPlace place = PullPlace.of(store, key(stream));
        return !place.complete()
                || place.known()
                        .filter(known -> known.plus(every).isAfter(time.now()))
                        .isEmpty();
    }

    /** How many events were new; empty if somebody else reads the stream. */
    private Optional<Integer> pull(String stream, Optional<NewsWaiting> news) {
        Optional<Lease> lease = store.leases().acquire("pull:" + key(stream), LEASE);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (Lease held = lease.get()) {
            PullRun run = new PullRun(source, store, time, key(stream));
            int kept = 0;
            do {
                if (!held.renew(LEASE)) {
                    throw new IllegalStateException("another reader has taken the stream over");
                }
                kept += run.page(stream, news);
            } while (run.more());
            return Optional.of(kept);
        }
    }

    private String key(String stream) {
        return StoredWebhook.key(source.connection(), source.name() + "/" + stream);
    }
}
