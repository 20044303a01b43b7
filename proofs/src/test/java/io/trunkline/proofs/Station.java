package io.trunkline.proofs;

import com.sun.net.httpserver.HttpHandler;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.JdkWebhookHandler;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/**
 * What an application makes of the library: webhooks received over HTTP and handed to a handler with a transaction and one
 * without, and a platform's changes synchronised into a table and a file.
 */
final class Station implements AutoCloseable {

    static final int WORKERS = 2;
    static final int BATCH = 50;
    private static final String SQLITE = "sqlite";

    /**
     * Where a station keeps what.
     *
     * @param database {@code sqlite}, or the address of a PostgreSQL database
     * @param ahead how far its clock is ahead of the machine's: what a killed one held has expired
     * @param life which of the lives of the station it is
     */
    record Plan(String database, Path folder, URI platform, Secret secret, Duration ahead, int life) {

        static Plan sqlite(Path folder, URI platform, Secret secret) {
            return new Plan(SQLITE, folder, platform, secret, Duration.ZERO, 0);
        }

        Plan next() {
            return new Plan(database, folder, platform, secret, ahead.plusMinutes(6), life + 1);
        }

        Path lines() {
            return folder.resolve("numbers.txt");
        }

        boolean postgresql() {
            return !database.equals(SQLITE);
        }
    }

    final Store store;
    final WebhookReceiver receiver;
    final WebhookDispatcher dispatcher;
    final DataSource target;
    private final Plan plan;
    private final Probe probe;
    private final TimeSource time;
    private final SyncRunner runner;
    private final List<SyncJob> jobs;
    private volatile Runnable news = () -> {};

    Station(Plan plan, Probe probe) throws SQLException {
        this.plan = plan;
        this.probe = probe;
        JumpingClock clock = new JumpingClock();
        clock.jump(plan.ahead());
        this.time = clock.time();
        this.target = ProbedConnections.of(plan.postgresql() ? Databases.pool(plan.database()) : targetFile(), probe);
        this.store = plan.postgresql() ? JdbcStore.postgresql(target, time) : file();
        Effects.prepare(store, plan.postgresql());
        Notes notes = new Notes(plan.secret());
        this.receiver = new WebhookReceiver(Notes.CONNECTION, notes, store, time, this::stored);
        this.dispatcher = new WebhookDispatcher(Notes.CONNECTION, notes, store, time)
                .on(Noted.class, this::plain)
                .within(Noted.class, this::transactional);
        this.runner = new SyncRunner(store, time);
        this.jobs = List.of(
                job("table")
                        .into(TableSink.of(target, "numbers").number("number").build()),
                job("file").into(() -> new LineSink(plan.lines(), probe)));
    }

    /** Serves webhooks. */
    HttpHandler handler() {
        JdkWebhookHandler handler = new JdkWebhookHandler(receiver, URI.create("https://calls.test"));
        return exchange -> {
            handler.handle(exchange);
            Steps.at(probe, "ack.after");
        };
    }

    /** Hands over on threads of its own. */
    void start() {
        news = dispatcher.start(WORKERS)::wake;
    }

    /** Runs both synchronisations to the end of what there is. */
    List<SyncReport> synchronise() {
        return jobs.stream().map(runner::run).toList();
    }

    /** Hands over what is there until nothing is left, however long it must wait in the clock of the station. */
    void drain() {
        while (dispatcher.dispatch() > 0) {
            Thread.onSpinWait();
        }
    }

    Path lines() {
        return plan.lines();
    }

    OrderedQueue queue() {
        return store.queue(Notes.queue());
    }

    @Override
    public void close() {
        store.close();
    }

    private void stored() {
        news.run();
        Steps.at(probe, "ack.before");
    }

    private SyncJob.Builder job(String name) {
        return SyncJob.named(name)
                .from(new HttpFeed(plan.platform(), probe), NumberFeed.TYPE)
                .batch(BATCH);
    }

    private Store file() throws SQLException {
        ProbedDriver driver = ProbedDriver.install(probe);
        try {
            return JdbcStore.sqlite(plan.folder().resolve("store.db"), time);
        } finally {
            driver.close();
        }
    }

    private DataSource targetFile() {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + plan.folder().resolve("target.db"));
        return file;
    }

    private void plain(Noted event) {
        Steps.at(probe, "handler.plain.before");
        HttpFeed.call(
                plan.platform().resolve("/effects?life=" + plan.life()),
                event.header().id());
        Steps.at(probe, "handler.plain.after");
    }

    private void transactional(Noted event, Store inside) throws SQLException {
        Steps.at(probe, "handler.transactional.before");
        Connection connection = JdbcStore.connection(inside);
        Effects.add(event, connection);
        Steps.at(probe, "handler.transactional.after");
    }
}
