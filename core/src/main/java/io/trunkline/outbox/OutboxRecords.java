package io.trunkline.outbox;

import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one outbox remembers of its writes, by their keys. */
final class OutboxRecords {

    private static final String SPACE = "outbox-writes";

    /** How long the key of a finished write is remembered. */
    private static final Duration FINISHED = Duration.ofDays(7);

    /** How long one that waits or lies aside is, since anything was last heard of it. */
    private static final Duration UNFINISHED = Duration.ofDays(90);

    private final String outbox;
    private final TimeSource time;

    OutboxRecords(String outbox, TimeSource time) {
        this.outbox = outbox;
        this.time = time;
    }

    Optional<OutboxRecord> get(Store store, String key) {
        return store.values(SPACE).get(name(key)).map(OutboxRecord::of);
    }

    boolean claim(Store inside, String key, OutboxRecord record) {
        return inside.values(SPACE).claim(name(key), record.bytes(), expiry(record));
    }

    /** Keeps what has become known, unless somebody else knows better; gives it as it is kept. */
    OutboxRecord keep(Store store, String key, OutboxRecord record) {
        Values values = store.values(SPACE);
        if (!values.put(name(key), record.bytes(), record.version(), expiry(record))) {
            throw new IllegalStateException("somebody else is at work on the entry");
        }
        return record.kept();
    }

    private Instant expiry(OutboxRecord record) {
        return time.now().plus(record.result() instanceof OutboxResult.Done ? FINISHED : UNFINISHED);
    }

    private String name(String key) {
        return outbox + "/" + key;
    }
}
