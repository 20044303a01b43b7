package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.proofs.WatchedSink.Books;
import io.trunkline.store.JdbcStore;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.table.TableSink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that oversleeps its lease, at every page and every step of it, while the other node runs the job to its end. */
@Timeout(300)
final class TwoNodesSyncTest {

    private static final int PAGES = 8;
    private static final int BATCH = 50;
    private static final String FORGED = "forged";

    /** Where in a page the run stands when its lease ends. */
    private enum Step {
        READ,
        BEFORE_WRITE,
        AFTER_WRITE;

        String table(int page) {
            return name().toLowerCase(Locale.ROOT) + page;
        }

        String job(int page) {
            return table(page).replace('_', '-');
        }
    }

    private final JumpingClock clock = new JumpingClock();
    private final String database = Databases.create();
    private final JdbcConnectionPool ours = Databases.pool(database);
    private final JdbcConnectionPool theirs = Databases.pool(database);
    private final SyncRunner first = new SyncRunner(JdbcStore.postgresql(ours, clock.time()), clock.time());
    private final SyncRunner second = new SyncRunner(JdbcStore.postgresql(theirs, clock.time()), clock.time());
    private final NumberFeed all = new NumberFeed(PAGES * BATCH, 3 * BATCH + 7, page -> {});

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        ours.dispose();
        theirs.dispose();
    }

    @Test
    void X52_tableWhoseRunOversleeps_takesNothingFromIt() throws Exception {
        for (Step step : Step.values()) {
            for (int page = 0; page < PAGES; page++) {
                String name = "table-" + step.job(page);
                Supplier<Sink> table =
                        TableSink.of(theirs, step.table(page)).number("number").build();
                TakeOver takeOver = new TakeOver(name, step, page, table);

                SyncReport late = takeOver.happens();

                assertLate(late, step, page);
                assertEquals(0, takeOver.books.staleAccepted.get(), name);
                assertEquals(all.last(), rows(step.table(page)), name);
                assertEquals(0, second.run(takeOver.job()).counts().read(), name);
            }
        }
    }

    @Test
    void X52_fileWhoseRunOversleeps_keepsTheNewerCursor() throws Exception {
        for (Step step : Step.values()) {
            for (int page = 0; page < PAGES; page++) {
                String name = "file-" + step.job(page);
                Path file = folder.resolve(name);
                TakeOver takeOver = new TakeOver(name, step, page, () -> new LineSink(file));

                SyncReport late = takeOver.happens();

                assertEquals(State.FAILED, late.state(), name);
                assertTrue(step != Step.READ || takeOver.books.staleAccepted.get() == 0, name);
                assertEquals(all.last(), LineSink.newest(LineSink.lines(file)), name);
                assertEquals(0, second.run(takeOver.job()).counts().read(), name);
            }
        }
    }

    @Test
    void X52_batchWithAForgedFence_isCaught() {
        Supplier<Sink> table = TableSink.of(theirs, "forged").number("number").build();
        TakeOver takeOver = new TakeOver(FORGED, Step.BEFORE_WRITE, 3, table);

        takeOver.happens();

        assertEquals(1, takeOver.books.staleAccepted.get());
        assertTrue(second.run(takeOver.job()).counts().read() > 0);
    }

    /** Only after its very last write has a run nothing left to be refused. */
    private static void assertLate(SyncReport late, Step step, int page) {
        boolean nothingLeft = step == Step.AFTER_WRITE && page == PAGES - 1;
        assertEquals(nothingLeft ? State.COMPLETED : State.FAILED, late.state(), step + " " + page);
    }

    private Map<String, Integer> rows(String table) throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Connection connection = ours.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, number FROM " + table)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getInt(2));
            }
        }
        return rows;
    }

    /** The first node's run is overtaken once, at one step of one page. */
    private final class TakeOver {

        private final String name;
        private final Supplier<Sink> sink;
        private final Step step;
        private final int page;
        private final Books books;
        private boolean happened;
        private int at;

        TakeOver(String name, Step step, int page, Supplier<Sink> sink) {
            this.books =
                    new Books(() -> reached(Step.BEFORE_WRITE), () -> reached(Step.AFTER_WRITE), name.equals(FORGED));
            this.name = name;
            this.step = step;
            this.page = page;
            this.sink = sink;
        }

        SyncReport happens() {
            return first.run(job());
        }

        SyncJob job() {
            NumberFeed feed = new NumberFeed(all.changes(), all.keys(), read -> {
                at = happened ? at : read;
                reached(Step.READ);
            });
            return SyncJob.named(name)
                    .from(feed, NumberFeed.TYPE)
                    .batch(BATCH)
                    .into(() -> new WatchedSink(sink.get(), books));
        }

        private void reached(Step now) {
            if (!happened && now == step && at == page) {
                happened = true;
                overslept();
            }
        }

        private void overslept() {
            clock.jump(Duration.ofMinutes(6));
            SyncReport other = second.run(job());
            assertEquals(State.COMPLETED, other.state(), other.problem());
        }
    }
}
