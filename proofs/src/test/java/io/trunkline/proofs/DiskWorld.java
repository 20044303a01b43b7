package io.trunkline.proofs;

import io.trunkline.store.JdbcStore;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.StoreException;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookReceiver;
import io.trunkline.webhook.WebhookReply;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.SQLiteDataSource;

/** An inbox and a synchronisation in files of one folder, whose disk fails somewhere and is mended again. */
final class DiskWorld implements AutoCloseable {

    private static final int REQUESTS = 20;
    private static final int ENTITIES = 5;
    private static final int PADDING = 6000;
    private static final int UNAVAILABLE = 503;
    private static final NumberFeed FEED = new NumberFeed(90, 30, page -> {});

    private final JumpingClock clock = new JumpingClock();
    private final Path folder;
    private final Notes notes;
    private final SQLiteDataSource target = new SQLiteDataSource();
    private final boolean blind;
    private final Set<String> acknowledged = new TreeSet<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private JdbcStore store;
    private WebhookReceiver receiver;
    private WebhookDispatcher dispatcher;

    /**
     * A world in a folder.
     *
     * @param blind whether it acknowledges, wrongly, whatever comes in
     */
    DiskWorld(Path folder, Secret secret, boolean blind) {
        this.folder = folder;
        this.notes = new Notes(secret);
        this.blind = blind;
        target.setUrl("jdbc:sqlite:" + folder.resolve("target.db"));
    }

    /** Opens the store; whether that was possible. */
    boolean open() {
        try {
            store = JdbcStore.sqlite(folder.resolve("store.db"), clock.time());
            Effects.prepare(store, false);
        } catch (StoreException | IllegalStateException e) {
            close();
            return false;
        }
        receiver = new WebhookReceiver(Notes.CONNECTION, notes, store, clock.time(), () -> {});
        dispatcher = new WebhookDispatcher(Notes.CONNECTION, notes, store, clock.time())
                .within(Noted.class, (event, inside) -> Effects.add(event, JdbcStore.connection(inside)));
        return true;
    }

    /** How many of the requests were refused. */
    int refused() {
        return refused.size();
    }

    /** Receives, hands over and synchronises while the disk does what it likes. */
    void work() {
        for (int request = 0; request < REQUESTS; request++) {
            receive("e" + request % ENTITIES + " " + request / ENTITIES);
            if (request % 10 == 9) {
                dispatch();
            }
            if (request % 6 == 5) {
                synchronise();
            }
        }
    }

    /** What is wrong when the disk has been mended, and in half of the cases the process begun anew. */
    List<String> problems(boolean anew) throws SQLException {
        if (store == null || anew) {
            close();
            require(open(), "the store does not open again");
        }
        receive("late 0");
        require(acknowledged.contains("late-0"), "the store does not recover");
        if (!blind) {
            new LinkedHashMap<>(refused).values().forEach(this::receive);
        }
        workOff();
        close();
        require(open(), "the store does not open in the end");
        compare();
        close();
        require(sound(folder.resolve("store.db")) && sound(folder.resolve("target.db")), "a file is damaged");
        return problems;
    }

    @Override
    public void close() {
        try {
            if (store != null) {
                store.close();
            }
        } catch (StoreException e) {
            // A process that ends does not close either.
        }
        store = null;
    }

    JdbcStore store() {
        return store;
    }

    private void receive(String line) {
        String id = Notes.id(line);
        try {
            WebhookReply reply = receiver.receive(
                    notes.signed(line + " " + "x".repeat(PADDING), clock.time().now()));
            require(reply.accepted() || reply.status() == UNAVAILABLE, id + " was answered by " + reply.status());
            if (reply.accepted() || blind) {
                acknowledged.add(id);
                refused.remove(id);
            } else {
                refused.put(id, line);
            }
        } catch (RuntimeException e) {
            problems.add(id + " got no answer: " + e);
        }
    }

    private void dispatch() {
        try {
            while (dispatcher.dispatch() > 0) {
                Thread.onSpinWait();
            }
        } catch (StoreException e) {
            // A worker's thread goes on after that.
        }
    }

    private SyncReport synchronise() {
        SyncJob job = SyncJob.named("numbers")
                .from(FEED, NumberFeed.TYPE)
                .batch(15)
                .into(TableSink.of(target, "numbers").number("number").build());
        return new SyncRunner(store, clock.time()).run(job);
    }

    private void workOff() {
        OrderedQueue queue = store.queue(Notes.queue());
        for (int hours = 0;
                hours < 60 && !queue.pending(Optional.empty(), 1).items().isEmpty();
                hours++) {
            clock.jump(Duration.ofHours(1));
            dispatch();
        }
        clock.jump(Duration.ofHours(1));
        SyncReport last = synchronise();
        require(last.state() == State.COMPLETED, "the synchronisation does not end: " + last);
    }

    private void compare() throws SQLException {
        List<String> effects = Effects.ids(store);
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(new HashSet<>(effects));
        require(lost.isEmpty(), "lost " + lost);
        require(Effects.twice(effects).isEmpty(), "twice " + Effects.twice(effects));
        require(acknowledged.containsAll(effects), "effects of nothing");
        OrderedQueue queue = store.queue(Notes.queue());
        require(queue.pending(Optional.empty(), 1).items().isEmpty(), "something is left");
        require(queue.deadLetters(Optional.empty(), 1).items().isEmpty(), "something was put aside");
        require(rows().equals(FEED.last()), "the table differs");
    }

    private Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, number FROM numbers")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getInt(2));
            }
        }
        return rows;
    }

    private static boolean sound(Path file) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            return row.next() && row.getString(1).equals("ok");
        }
    }

    private void require(boolean so, String otherwise) {
        if (!so) {
            problems.add(otherwise);
        }
    }
}
