package io.trunkline.proofs;

import io.trunkline.checks.Canary;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookReceiver;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;

/** Two nodes that receive the same webhooks and work them off, on one PostgreSQL, while what they hold expires. */
final class TwoNodes implements AutoCloseable {

    private static final int WORKERS = 3;
    private static final int ENTITIES = 40;
    /** Longer than an item is hidden while somebody works on it. */
    private static final Duration OVERSLEPT = Duration.ofMinutes(6);

    final Fences fences = new Fences();
    /** What handlers without a transaction have done. */
    final List<String> plainEffects = Collections.synchronizedList(new ArrayList<>());

    private final JumpingClock clock = new JumpingClock();
    private final Notes notes = new Notes(Secret.of(Canary.secret()));
    private final List<JdbcConnectionPool> pools = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    private final List<WebhookReceiver> receivers = new ArrayList<>();
    private final List<WebhookDispatcher> dispatchers = new ArrayList<>();
    private final Map<String, Integer> begun = new HashMap<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sending = new AtomicInteger(2);
    private final AtomicInteger notAcknowledged = new AtomicInteger();
    private final Semaphore ahead = new Semaphore(200);
    private final Random random;

    TwoNodes(long seed, boolean fenced) {
        this.random = new Random(seed);
        String database = Databases.create();
        for (int node = 0; node < 2; node++) {
            JdbcConnectionPool pool = Databases.pool(database);
            Store store = new FencedStore(JdbcStore.postgresql(pool, clock.time()), fences, fenced);
            TimeSource time = clock.time();
            pools.add(pool);
            stores.add(store);
            receivers.add(new WebhookReceiver(Notes.CONNECTION, notes, store, time, () -> {}));
            dispatchers.add(new WebhookDispatcher(Notes.CONNECTION, notes, store, time)
                    .on(Noted.class, this::plain)
                    .within(Noted.class, this::transactional));
        }
        Effects.prepare(FencedStore.plain(stores.get(0)), true);
    }

    /** Sends and works off so many events; returns the ids of their effects in order. */
    List<String> run(int events) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int sender = 0; sender < 2; sender++) {
                int own = sender;
                all.add(threads.submit(() -> send(own, events)));
            }
            for (WebhookDispatcher dispatcher : dispatchers) {
                for (int worker = 0; worker < WORKERS; worker++) {
                    all.add(threads.submit(() -> work(dispatcher)));
                }
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return Effects.ids(FencedStore.plain(stores.get(0)));
    }

    int dead() {
        return queue().deadLetters(Optional.empty(), 100).items().size();
    }

    int notAcknowledged() {
        return notAcknowledged.get();
    }

    @Override
    public void close() {
        stores.forEach(Store::close);
        pools.forEach(JdbcConnectionPool::dispose);
    }

    /** Both senders send every event of their entities, each to the other node first: so all come twice, often at once. */
    private void send(int sender, int events) {
        for (int event = 0; event < events; event++) {
            ahead.acquireUninterruptibly();
            String body = "e" + event % ENTITIES + " " + event / ENTITIES;
            WebhookReceiver node = receivers.get((sender + event) % 2);
            if (!node.receive(notes.signed(body, clock.time().now())).accepted()) {
                notAcknowledged.incrementAndGet();
            }
        }
        sending.decrementAndGet();
    }

    private int pending() {
        return queue().pending(Optional.empty(), 1).items().size();
    }

    private OrderedQueue queue() {
        return FencedStore.plain(stores.get(0)).queue(Notes.queue());
    }

    private void work(WebhookDispatcher dispatcher) {
        while (sending.get() > 0 || pending() > 0) {
            if (dispatcher.dispatch() == 0) {
                // Nothing is due but what failed: its pause passes now.
                clock.jump(Duration.ofSeconds(1));
                Thread.onSpinWait();
            }
        }
    }

    private void plain(Noted event) throws InterruptedException {
        String id = event.header().id();
        int mine = begins(id);
        if (chance(40)) {
            clock.jump(OVERSLEPT);
            awaitTakeOver(id, mine);
        }
        plainEffects.add(id);
    }

    private void transactional(Noted event, Store inside) throws Exception {
        Connection connection = JdbcStore.connection(FencedStore.plain(inside));
        Effects.add(event, connection);
        if (chance(100)) {
            throw new IOException("after the effect");
        }
        if (reached.add(event.header().id())) {
            ahead.release(2);
        }
    }

    private synchronized int begins(String id) {
        int times = begun.merge(id, 1, Integer::sum);
        notifyAll();
        return times;
    }

    /** Until somebody else works on the same event, if anybody does. */
    private synchronized void awaitTakeOver(String id, int mine) throws InterruptedException {
        long end = System.nanoTime() + 50_000_000L;
        while (begun.getOrDefault(id, 0) == mine && System.nanoTime() < end) {
            wait(10);
        }
    }

    private synchronized boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }
}
