package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.CapturedLog;
import io.trunkline.encryption.Keyset;
import io.trunkline.encryption.TinkCipher;
import io.trunkline.encryption.TinkIndex;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.SealedStore;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.table.ColumnType;
import io.trunkline.sync.table.SearchForm;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Personal data and secrets flow through inbox, outbox, synchronisation, token vault and journal; afterwards every byte of
 * every file is searched for them, with encryption and, as the control, without.
 */
@Timeout(120)
final class AtRestTest {

    private final TimeSource time = TimeSource.system();

    @TempDir
    private Path folder;

    @Test
    void T49_everythingEncrypted_isNowhereReadableInFilesAndLogs() throws Exception {
        TinkCipher cipher = TinkCipher.of(Keyset.forData());
        TinkIndex index = TinkIndex.of(Keyset.forIndex());
        List<TableSink.Builder> tables = List.of(
                encrypted(TableSink.of(sqlite(), "customers"), cipher, index),
                encrypted(TableSink.of(h2(), "customers"), cipher, index));
        PersonalDataDesk desk;
        try (Connection open = reading(sqlite());
                Store store = SealedStore.over(file(), cipher)) {
            desk = flow(store, tables);

            assertFalse(open.isClosed());
            assertTrue(Files.size(folder.resolve("store.db-wal")) > 0
                    && Files.size(folder.resolve("customers.db-wal")) > 0);
            assertEquals(Set.of(), ByteSearch.hits(folder, desk.planted));
            assertEquals(
                    1,
                    store.queue("outbox.crm")
                            .deadLetters(Optional.empty(), 9)
                            .items()
                            .size());
        }

        assertEquals(Set.of(), ByteSearch.hits(folder, desk.planted));
        assertEquals(Set.of(), logged(desk.planted));
        assertTrue(desk.planted.stream().anyMatch(each -> found(tables.get(0), each)));
        System.out.println("at rest: " + desk.planted.size() + " planted, 0 found with encryption");
    }

    /** The control: what is not encrypted is found, whichever way it went. */
    @Test
    void T49_nothingEncrypted_isCaughtToTheLastWord() throws Exception {
        List<TableSink.Builder> tables =
                List.of(readable(TableSink.of(sqlite(), "customers")), readable(TableSink.of(h2(), "customers")));
        PersonalDataDesk desk;
        Set<String> hits;
        try (Connection open = reading(sqlite());
                Store store = file()) {
            desk = flow(store, tables);
            assertFalse(open.isClosed());
            hits = ByteSearch.hits(folder, desk.planted);
        }

        hits.addAll(ByteSearch.hits(folder, desk.planted));

        List<String> missed = desk.planted.stream()
                .filter(each -> hits.stream().noneMatch(hit -> hit.startsWith(each)))
                .toList();
        assertEquals(0, missed.size(), "of " + desk.planted.size());
        assertEquals(
                Set.of("store.db-wal", "customers.db-wal", "customers.mv.db"),
                hits.stream()
                        .map(hit -> hit.substring(hit.lastIndexOf(' ') + 1))
                        .filter(file -> file.endsWith("-wal") || file.endsWith(".mv.db"))
                        .collect(Collectors.toSet()));
    }

    private PersonalDataDesk flow(Store store, List<TableSink.Builder> tables) {
        PersonalDataDesk desk = new PersonalDataDesk(store, time);
        assertEquals(3, desk.webhooks());
        assertEquals(2, desk.queue());
        for (int i = 0; i < tables.size(); i++) {
            SyncReport report = desk.synchronise("job" + i, tables.get(i));
            assertEquals(
                    List.of(2L, 1L),
                    List.of(report.counts().written(), report.counts().dead()));
        }
        desk.others();
        return desk;
    }

    private static boolean found(TableSink.Builder table, String planted) {
        return planted.matches("44\\d+")
                && !table.rows().find("phone", "+" + planted, 1).isEmpty();
    }

    private static Set<String> logged(List<String> planted) {
        return planted.stream()
                .filter(each -> CapturedLog.lines().stream().anyMatch(line -> line.contains(each)))
                .collect(Collectors.toSet());
    }

    private static TableSink.Builder encrypted(TableSink.Builder table, TinkCipher cipher, TinkIndex index) {
        return table.encryption(cipher, index)
                .encrypted("name", ColumnType.TEXT)
                .searchable("phone", SearchForm.phone("GB"))
                .searchable("email", SearchForm.email())
                .encrypted("revenue", ColumnType.NUMBER);
    }

    private static TableSink.Builder readable(TableSink.Builder table) {
        return table.text("name").text("phone").text("email").number("revenue");
    }

    private JdbcStore file() {
        return JdbcStore.sqlite(folder.resolve("store.db"), time);
    }

    private DataSource sqlite() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("customers.db"));
        return source;
    }

    /** A connection that has read keeps the write-ahead log where it is: the last one to close would remove it. */
    private static Connection reading(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
        }
        return connection;
    }

    private DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("customers") + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        return source;
    }
}
