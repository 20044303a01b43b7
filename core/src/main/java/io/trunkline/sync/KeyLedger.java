package io.trunkline.sync;

import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import io.trunkline.value.RecordRef;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that full runs of a job have seen, each with the number of the last run that saw it and a digest of the record:
 * so a record that has not changed is not written again, and one that is missing is known to be gone.
 */
final class KeyLedger {

    private static final String RUNS = "sync-full-runs";
    private static final int PAGE = 500;
    private static final int DIGEST = 16;
    private static final byte[] UNSURE = new byte[Long.BYTES + DIGEST];

    private final SyncStates states;
    private final SyncJob job;
    private final String stream;
    private final SyncFence fence;
    private final String space;
    private long run;

    KeyLedger(SyncJob job, String stream, SyncStates states, SyncFence fence) {
        this.job = job;
        this.stream = stream;
        this.fence = fence;
        this.states = states;
        this.space = "sync-keys." + stream;
    }

    /** Goes on with the run that was not ended, or begins the next one at the beginning. */
    Optional<SyncCursor> begin(Optional<SyncCursor> cursor) {
        long last = states.store()
                .values(RUNS)
                .get(stream)
                .map(entry -> ByteBuffer.wrap(entry.value()).getLong())
                .orElse(0L);
        if (last > 0 && cursor.isPresent()) {
            run = last;
            return cursor;
        }
        run = Math.abs(last) + 1;
        fence.inside(inside -> {
            count(inside, run);
            // The last run's cursor leads to its end: going on from there, this run would miss everything.
            states.in(inside).forget(stream);
        });
        return Optional.empty();
    }

    boolean unchanged(Change record) {
        return !record.deleted()
                && states.store()
                        .values(space)
                        .get(record.ref().id())
                        .filter(entry -> Arrays.equals(digest(record), digestOf(entry)))
                        .isPresent();
    }

    /** Takes every record for changed, because the target may have lost it; that it was there is not forgotten. */
    void distrust() {
        pages(entries -> each(entries, (here, entry) -> here.put(entry.key(), UNSURE, entry.version(), null)));
    }

    /** Notes records that are about to be written or put aside for the first time, so that they are known if the run ends. */
    void announce(Collection<Change> records) {
        fence.inside(inside -> {
            Values keys = inside.values(space);
            records.stream()
                    .filter(record -> !record.deleted())
                    .forEach(record -> keys.put(record.ref().id(), UNSURE, Values.ABSENT, null));
        });
    }

    /** Marks records as seen by this run, in a transaction that is under way. */
    void keep(Store inside, List<Change> records) {
        Values keys = inside.values(space);
        for (Change record : records) {
            String id = record.ref().id();
            long version = keys.get(id).map(Versioned::version).orElse(Values.ABSENT);
            if (record.deleted()) {
                keys.delete(id, version);
                continue;
            }
            byte[] entry = ByteBuffer.allocate(Long.BYTES + DIGEST)
                    .putLong(run)
                    .put(digest(record))
                    .array();
            keys.put(id, entry, version, null);
        }
    }

    /** Gives what no page of this run has held, as deleted, and ends the run. */
    void end(Consumer<List<Change>> gone) {
        pages(entries -> {
            List<Versioned> missing = entries.stream()
                    .filter(entry -> ByteBuffer.wrap(entry.value()).getLong() != run)
                    .toList();
            if (!missing.isEmpty()) {
                // Until it is removed it counts as different, in case it comes back just as it was.
                each(missing, (here, entry) -> here.put(entry.key(), UNSURE, entry.version(), null));
                gone.accept(missing.stream().map(this::tombstone).toList());
                each(missing, (here, entry) -> here.delete(entry.key(), entry.version()));
            }
        });
        fence.inside(inside -> count(inside, -run));
    }

    private void pages(Consumer<List<Versioned>> work) {
        Optional<String> cursor = Optional.empty();
        do {
            Page<Versioned> page = states.store().values(space).list("", cursor, PAGE);
            work.accept(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
    }

    private void count(Store inside, long number) {
        Values runs = inside.values(RUNS);
        long version = runs.get(stream).map(Versioned::version).orElse(Values.ABSENT);
        byte[] entry = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        runs.put(stream, entry, version, null);
    }

    private void each(List<Versioned> entries, BiConsumer<Values, Versioned> change) {
        fence.inside(inside -> {
            Values keys = inside.values(space);
            entries.forEach(entry -> keys.get(entry.key()).ifPresent(now -> change.accept(keys, now)));
        });
    }

    private Change tombstone(Versioned entry) {
        RecordRef ref = RecordRef.of(job.feed().connection(), job.type(), entry.key());
        return new Change(ref, true, Instant.EPOCH, Map.of());
    }

    private static byte[] digestOf(Versioned entry) {
        return Arrays.copyOfRange(entry.value(), Long.BYTES, Long.BYTES + DIGEST);
    }

    private static byte[] digest(Change record) {
        try {
            byte[] content = Json.write(Objects.requireNonNull(ordered(record.fields())));
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(content), DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Objects have no order, and some platforms give theirs in another one each time; lists have one. */
    private static @Nullable Object ordered(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            object.forEach((name, each) -> sorted.put(String.valueOf(name), ordered(each)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(KeyLedger::ordered).toList()
                : value;
    }
}
