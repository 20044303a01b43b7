package io.trunkline.outbox;

import io.trunkline.auth.Macs;
import io.trunkline.delivery.QueueWorker;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes that must happen on one connection, kept until they have: in order for each entity, postponed while the platform
 * is down for up to three days, put aside with a reason if the platform refuses them. A write of which nobody knows
 * whether it was made is looked up before it is made again, and put aside if it cannot be. Thread-safe.
 */
public final class Outbox {

    private static final Duration LONGEST_WAIT = Duration.ofDays(3);
    private static final int LONGEST_NAME = 100;

    private final String name;
    private final Store store;
    private final TimeSource time;
    private final OutboxRecords records;
    private final OutboxDelivery delivery;
    private final QueueWorker worker;
    private final List<WorkerThreads> started = new CopyOnWriteArrayList<>();

    /** The outbox of a name, usually that of the connection. Handlers are added before it is used. */
    public Outbox(String name, Store store, TimeSource time) {
        this(name, store, time, LONGEST_WAIT);
    }

    /**
     * The outbox of a name.
     *
     * @param longestWait how long a write waits for a platform that is down before it is put aside
     * @throws IllegalArgumentException if the name has not 1 to 100 characters, or the wait is not of a year at most
     */
    public Outbox(String name, Store store, TimeSource time, Duration longestWait) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name must have 1 to " + LONGEST_NAME + " characters");
        }
        if (!OutboxEntry.fits(longestWait)) {
            throw new IllegalArgumentException("longestWait must be between a millisecond and a year");
        }
        this.name = name;
        this.store = store;
        this.time = time;
        this.records = new OutboxRecords(name, time);
        this.delivery = new OutboxDelivery(store, records, time, longestWait);
        this.worker = new QueueWorker(store, queueName(), delivery, OutboxPauses.afterDoubt(), time);
    }

    /** The name that it was given. */
    public String name() {
        return name;
    }

    /** The name of its queue in the store: what waits and what was put aside is listed there. */
    public String queueName() {
        return "outbox." + HexFormat.of().formatHex(Macs.sha256(name), 0, 8);
    }

    /** Adds the handler of a kind; throws {@link IllegalArgumentException} if there is one. */
    public Outbox on(String kind, OutboxHandler handler) {
        delivery.on(kind, handler);
        return this;
    }

    /**
     * Keeps a write. When this returns, it will be made, whatever becomes of the process.
     *
     * @return false if it was put before: the same key with the same content is the same write
     * @throws ConflictException if the key was put with another content during the last seven days
     */
    public boolean put(OutboxEntry entry) {
        boolean fresh = store.atomically(inside -> put(entry, inside));
        wake();
        return fresh;
    }

    /**
     * As {@link #put(OutboxEntry)}, in a transaction that is under way: the write is kept if that is committed.
     *
     * @param inside what {@link Store#atomically} or a transactional handler of events was given, of the same store
     */
    public boolean put(OutboxEntry entry, Store inside) {
        OutboxRecord record = OutboxRecord.fresh(entry, time.now());
        if (records.claim(inside, entry.key(), record)) {
            inside.queue(queueName()).add(entry.entity(), entry.bytes(), time.now(), null);
            wake();
            return true;
        }
        Optional<OutboxRecord> before = records.get(inside, entry.key());
        if (before.isEmpty()) {
            return put(entry, inside); // It was forgotten in this very moment.
        }
        if (!before.get().content().equals(record.content())) {
            throw new ConflictException(
                    "the key was put with another content; a key stands for one write",
                    ErrorContext.of(name, "outbox.put", ErrorKind.CONFLICT),
                    null);
        }
        return false;
    }

    /** What has become of a write; empty if its key is not known (any more). */
    public Optional<OutboxResult> result(String key) {
        return records.get(store, key).map(OutboxRecord::result);
    }

    /**
     * Says what a person has found out about a write that was put aside: {@link Reconciliation.NotDone} makes it again
     * without asking the platform, {@link Reconciliation.Done} ends it.
     *
     * @return false if no write of this key lies aside
     */
    public boolean decide(String key, Reconciliation verdict) {
        if (verdict instanceof Reconciliation.CannotTell) {
            throw new IllegalArgumentException("a verdict says whether the write was made");
        }
        boolean decided = store.atomically(inside -> {
            Optional<OutboxRecord> aside =
                    records.get(inside, key).filter(record -> record.result() instanceof OutboxResult.Dead);
            return aside.isPresent() && decided(inside, key, aside.get(), verdict);
        });
        wake();
        return decided;
    }

    /**
     * Makes the writes that are due now, on the caller's thread.
     *
     * @return how many were looked at; 0 if nothing is due
     */
    public int work() {
        return worker.work();
    }

    /** Makes writes on threads of its own, woken when something is put. */
    public WorkerThreads start(int threads) {
        WorkerThreads working = WorkerThreads.start(worker, "trunkline-outbox", threads);
        started.add(working);
        return working;
    }

    private boolean decided(Store inside, String key, OutboxRecord aside, Reconciliation verdict) {
        OrderedQueue queue = inside.queue(queueName());
        boolean there = verdict instanceof Reconciliation.Done ? queue.drop(aside.item()) : queue.replay(aside.item());
        if (there) {
            OutboxRecord after = verdict instanceof Reconciliation.Done done
                    ? aside.done(done.platformId(), time.now())
                    : aside.pending(time.now()).begun(null);
            records.keep(inside, key, after);
        }
        return there;
    }

    private void wake() {
        started.forEach(WorkerThreads::wake);
    }
}
