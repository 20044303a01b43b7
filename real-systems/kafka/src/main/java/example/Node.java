package example;

import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookReceiver;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.event.MessageReceived;
import io.trunkline.webhook.EventHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** One node of an application: it takes webhooks and handles their events, on a database that nodes share. */
final class Node implements AutoCloseable {

    private final Messages platform = new Messages();
    private final JdbcConnectionPool pool;
    private final Store store;
    private final WebhookReceiver receiver;
    private final WebhookDispatcher dispatcher;
    private final List<WorkerThreads> threads = new ArrayList<>();

    Node(String database, EventHandler<MessageReceived> handler) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(database);
        connections.setUser("postgres");
        this.pool = JdbcConnectionPool.create(connections);
        pool.setMaxConnections(40);
        TimeSource time = TimeSource.system();
        this.store = JdbcStore.postgresql(pool, time);
        this.receiver = new WebhookReceiver(
                Messages.CONNECTION, platform, store, time, () -> threads.forEach(WorkerThreads::wake));
        this.dispatcher = new WebhookDispatcher(Messages.CONNECTION, platform, store, time)
                .on(MessageReceived.class, handler);
    }

    /** Takes a webhook; it is durable when this returns. */
    void receive(String run, int number) {
        WebhookReply reply = receiver.receive(platform.request(run, number));
        if (!reply.accepted()) {
            throw new IllegalStateException("not accepted");
        }
    }

    /** Takes many by some threads at once; gives how many a second. */
    double receive(String run, int count, int senders) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(senders);
        long start = System.nanoTime();
        for (int sender = 0; sender < senders; sender++) {
            int first = sender;
            new Thread(() -> {
                        for (int i = first; i < count; i += senders) {
                            receive(run, i);
                        }
                        done.countDown();
                    })
                    .start();
        }
        if (!done.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("webhooks were not taken");
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    /** Begins to hand events over. */
    void dispatch(int workers) {
        threads.add(dispatcher.start(workers));
    }

    @Override
    public void close() {
        threads.forEach(WorkerThreads::close);
        store.close();
        pool.dispose();
    }
}
