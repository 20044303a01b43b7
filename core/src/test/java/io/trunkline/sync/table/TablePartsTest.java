package io.trunkline.sync.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.sync.ListFeed;
import io.trunkline.sync.PartedFeed;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.TimeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several parts written into one table at once, which is not there yet. */
@Timeout(120)
final class TablePartsTest {

    private static final int EACH = 500;

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void run_partsIntoOneTable_areAllThereWithACursorEach(String kind) throws Exception {
        VirtualClock clock = VirtualClock.single();
        TimeSource time = Clocks.of(clock);
        DataSource database = database(kind);
        PartedFeed feed = new PartedFeed(clock.now(), "a", "b", "c", "d");
        for (String part : new String[] {"a", "b", "c", "d"}) {
            for (int i = 0; i < EACH; i++) {
                feed.put(part, part + i, clock.now().minusSeconds(i));
            }
        }
        SyncJob job = SyncJob.named("contacts")
                .from(feed, ListFeed.TYPE)
                .sideBySide(4)
                .batch(20)
                .into(TableSink.of(database, "contacts").text("name").build());

        SyncReport report;
        SyncReport again;
        try (Store store = Store.inMemory(time)) {
            report = new SyncRunner(store, time).run(job);
            again = new SyncRunner(store, time).run(job);
        }

        assertEquals(SyncReport.State.COMPLETED, report.state(), report.problem());
        assertEquals(new SyncReport.Counts(4 * EACH, 4 * EACH, 0, 0), report.counts());
        assertEquals(0, again.counts().read());
        assertEquals(4 * EACH, count(database, "contacts"));
        assertEquals(4, count(database, "trunkline_cursors"));
    }

    private static int count(DataSource database, String table) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static DataSource database(String kind) {
        if (kind.equals("POSTGRESQL")) {
            return StoreForms.database();
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:parts;DB_CLOSE_DELAY=-1");
        return h2;
    }
}
