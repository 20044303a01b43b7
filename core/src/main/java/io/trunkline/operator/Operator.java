package io.trunkline.operator;

import io.trunkline.Trunkline;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.StoredWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person sees and does who looks after the library: what waits, fails and was put aside in a store, and what
 * becomes of it. What is done here takes effect on all nodes that share the store. Thread-safe.
 */
public final class Operator {

    private static final MaskedLog LOG = MaskedLog.of(Operator.class);
    private static final int PAGE = 500;

    private final Store store;
    private final TimeSource time;
    private final SyncRunner runner;
    private final Map<String, ConnectionCheck> checks;
    private final Set<String> connections;

    /** The view of a store alone. */
    public Operator(Store store, TimeSource time) {
        this(store, time, Map.of(), Set.of());
    }

    /** The view of the store that a library was opened with, and of its connections. */
    public Operator(Trunkline trunkline, Store store, TimeSource time) {
        this(store, time, trunkline.clients(ConnectionCheck.class), trunkline.connections());
    }

    private Operator(Store store, TimeSource time, Map<String, ConnectionCheck> checks, Set<String> connections) {
        this.store = store;
        this.time = time;
        this.runner = new SyncRunner(store, time);
        this.checks = checks;
        this.connections = connections;
    }

    /** Everywhere that anything waits or was put aside. */
    public List<Backlog> backlogs() {
        List<Backlog> all = new ArrayList<>();
        store.queueNames().forEach(name -> all.add(place(name).backlog()));
        for (String job : runner.jobs()) {
            Backlog aside = place(DeadRecordPlace.PREFIX + job).backlog();
            if (aside.dead() > 0) {
                all.add(aside);
            }
        }
        return all;
    }

    /**
     * The items of a queue that wait, fail or are in work, oldest first.
     *
     * @param queue as {@link #backlogs} names it
     * @param cursor empty for the first page
     * @param limit 1 to 1000
     * @throws IllegalArgumentException if it is no name of a queue
     */
    public Page<BacklogItem> pending(String queue, Optional<String> cursor, int limit) {
        return place(queue).pending(cursor, limit);
    }

    /** The items of a queue that were put aside, oldest first; otherwise as {@link #pending}. */
    public Page<BacklogItem> dead(String queue, Optional<String> cursor, int limit) {
        return place(queue).dead(cursor, limit);
    }

    /** One item and the form of what it holds; empty if it is not there. */
    public Optional<ItemDetail> show(String queue, String id) {
        return place(queue).show(id);
    }

    /** Lets an item that waits for its next try be tried now; false if it does not wait for one. */
    public boolean retry(String queue, String id) {
        return told("made due", queue, id, place(queue).retry(id));
    }

    /**
     * Lets an item that was put aside be tried again, once: at once, or by the next run if it is a synchronisation's record.
     * False if it is not there, or was replayed already.
     */
    public boolean replay(String queue, String id) {
        return told("replayed", queue, id, place(queue).replay(id));
    }

    /** Replays all that lies aside in a queue now; returns how many items that were. */
    public int replayAll(String queue) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<BacklogItem> page = place(queue).dead(cursor, PAGE);
            page.items().forEach(item -> ids.add(item.id()));
            cursor = page.next();
        } while (cursor.isPresent());
        // Listed before the first is replayed, so that one that fails again meanwhile is not replayed twice.
        return (int) ids.stream().filter(id -> replay(queue, id)).count();
    }

    /** Removes an item for good, whatever its state; false if it is not there. */
    public boolean drop(String queue, String id) {
        return told("dropped", queue, id, place(queue).drop(id));
    }

    /** The synchronisations that have run, or are paused. */
    public List<JobView> jobs() {
        return runner.jobs().stream()
                .map(job -> new JobView(
                        job,
                        runner.paused(job),
                        runner.report(job).orElse(null),
                        runner.dead(job, DeadRecordPlace.MOST).size()))
                .toList();
    }

    /** Pauses a synchronisation on all nodes, until {@link #resume}. */
    public void pause(String job) {
        runner.pause(job);
    }

    /** Lets a paused synchronisation run again. */
    public void resume(String job) {
        runner.resume(job);
    }

    /**
     * Asks each connection's platform whether it takes the credential, by requests that change nothing.
     *
     * @param timeout how long each may take
     */
    public List<Verification> verify(Duration timeout) {
        return connections.stream().map(name -> verified(name, timeout)).toList();
    }

    private Verification verified(String connection, Duration timeout) {
        ConnectionCheck check = checks.get(connection);
        if (check == null) {
            return new Verification(connection, Verification.State.UNCHECKED, "offers no check");
        }
        try {
            String owner = check.verify(CallOptions.within(timeout));
            return new Verification(connection, Verification.State.GOOD, Masking.mask(owner));
        } catch (RuntimeException e) {
            String problem = e.getClass().getSimpleName() + ": " + e.getMessage();
            return new Verification(connection, Verification.State.BAD, Masking.mask(problem));
        }
    }

    private Place place(String queue) {
        if (queue.startsWith(DeadRecordPlace.PREFIX)) {
            return new DeadRecordPlace(runner, queue.substring(DeadRecordPlace.PREFIX.length()), time);
        }
        return new QueuePlace(store, queue, connectionOf(queue), time);
    }

    /** Queues are named by digests of connections; only whoever knows the connections can tell whose one is. */
    private String connectionOf(String queue) {
        return connections.stream()
                .filter(name ->
                        queue.equals(StoredWebhook.queue(name)) || queue.startsWith(StoredWebhook.queue(name) + "."))
                .findFirst()
                .orElse("");
    }

    private static boolean told(String what, String queue, String id, boolean done) {
        if (done) {
            LOG.info("an operator has {} item {} of {}", what, id, queue);
        }
        return done;
    }
}
