package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.table.TableSink;
import io.trunkline.testkit.Watched;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A synchronisation whose platform is killed again and again: in the end each ticket is there once, as it is. */
final class SyncUnderKillTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @TempDir
    private Path folder;

    @Test
    void run_serverKilledInTheMiddle_losesNothingAndDoublesNothing() throws Exception {
        int tickets = Integer.getInteger("rt.tickets", 60) * 50;
        long seed = Measured.seed();
        try (DeskServer server = DeskServer.fresh(Map.of());
                Store store = JdbcStore.sqlite(folder.resolve("store.db"), TimeSource.system());
                Trunkline trunkline = Watched.trunkline()
                        .connect(
                                "desk",
                                RequestTracker.token(server.uri(), Secret.of(DeskServer.token()), "Support"))
                        .build()) {
            TicketRows rows = new TicketRows(server.jdbc());
            List<String> ids = new ArrayList<>();
            for (int second = 0; ids.size() < tickets; second++) {
                ids.addAll(rows.enter(Math.min(170, tickets - ids.size()), FIRST.plusSeconds(second)));
            }
            DataSource target = database();
            SyncJob job = SyncJob.named("tickets")
                    .from(trunkline.client(ChangeFeed.class, "desk"), "ticket")
                    .batch(20)
                    .into(TableSink.of(target, "tickets").text("Subject").text("Status").build());
            int runs = 0;
            long end = System.nanoTime() + PATIENCE.toNanos();
            int kills;
            try (Killer killer = Killer.of(server, seed, 4_000, 12);
                    SyncRunner runner = new SyncRunner(store, TimeSource.system())) {
                SyncReport report;
                do {
                    LockSupport.parkNanos(100_000_000);
                    assertTrue(System.nanoTime() < end, "the synchronisation does not come to its end");
                    runs++;
                    report = runner.run(job);
                } while (report.state() != SyncReport.State.COMPLETED);
                kills = killer.kills();
            }
            LiveChanges.of(server).subject(ids.get(3), "changed").delete(ids.get(5));
            rows.changedAt(ids.get(3), FIRST.plusSeconds(10_000));
            rows.changedAt(ids.get(5), FIRST.plusSeconds(10_001));
            try (SyncRunner runner = new SyncRunner(store, TimeSource.system())) {
                assertEquals(SyncReport.State.COMPLETED, runner.run(job).state());
            }

            Map<String, String> expected = new TreeMap<>();
            ids.forEach(id -> expected.put(id, "t" + id));
            expected.put(ids.get(3), "changed");
            expected.remove(ids.get(5));
            assertEquals(expected, subjects(target), "seed " + seed);
            Measured.say(tickets + " tickets synchronised in " + runs + " runs with " + kills
                    + " kills of the server: each there once, as it is (seed " + seed + ")");
        }
    }

    private DataSource database() {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("target.db"));
        return database;
    }

    private static Map<String, String> subjects(DataSource target) throws SQLException {
        Map<String, String> subjects = new TreeMap<>();
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM tickets")) {
            while (rows.next()) {
                String id = rows.getString(1);
                assertEquals(null, subjects.put(id, rows.getString("Subject")), id + " is there twice");
            }
        }
        return subjects;
    }
}
