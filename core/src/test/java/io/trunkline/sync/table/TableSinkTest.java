package io.trunkline.sync.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trunkline.checks.Canary;
import io.trunkline.error.ConfigurationException;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * What a table must do in each database that runs inside a test, and in MariaDB where the property {@code
 * trunkline.mariadb} says its JDBC address.
 */
@Timeout(120)
final class TableSinkTest {

    enum Database {
        SQLITE,
        H2,
        POSTGRESQL,
        MARIADB
    }

    private static final Instant T1 = Instant.parse("2026-03-01T08:00:00.123Z");
    /** The PostgreSQL of the system property {@code trunkline.postgresql}, or one of this process. */
    private static final String GIVEN = System.getProperty("trunkline.postgresql", "");

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = GIVEN.isEmpty() ? EmbeddedPostgres.builder().start() : null;
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_everyType_isThereAsGivenAndNullsStayNull(Database kind) throws SQLException {
        DataSource database = database(kind);
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "O'Neil 王\n\"x\"");
        fields.put("revenue", new BigDecimal("12345678901234567890.1234567891"));
        fields.put("vip", true);
        fields.put("born", "1980-12-31");
        fields.put("seen", Instant.parse("2026-01-02T03:04:05.678Z"));
        fields.put("tags", List.of("a", Map.of("b", 1L)));

        SinkResult result = write(sink(database), 1, record("1", T1, fields), record("2", T1, Map.of()));

        assertEquals(SinkResult.all(2), result);
        List<String> row = row(database, "SELECT name, revenue, vip, born, tags FROM contacts WHERE id = '1'");
        assertEquals("O'Neil 王\n\"x\"", row.get(0));
        assertEquals("12345678901234567890.1234567891", row.get(1));
        assertTrue(List.of("1", "t", "TRUE").contains(row.get(2)), row.get(2));
        assertEquals("1980-12-31", row.get(3));
        assertEquals("[\"a\",{\"b\":1}]", row.get(4));
        assertNull(row(database, "SELECT name FROM contacts WHERE id = '2'").get(0));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_sameKeyAgain_replacesUnlessOlder(Database kind) throws SQLException {
        DataSource database = database(kind);
        Supplier<Sink> sink = sink(database);
        write(sink, 1, record("1", T1, Map.of("name", "first")));
        write(sink, 1, record("1", T1.plusMillis(1), Map.of("name", "second", "vip", false)));
        write(sink, 1, record("1", T1, Map.of("name", "late and old")));
        write(sink, 1, record("1", T1.plusMillis(1), Map.of("name", "same time")));

        assertEquals(List.of("1", "same time"), row(database, "SELECT COUNT(*), MAX(name) FROM contacts"));
        assertNull(row(database, "SELECT vip FROM contacts").get(0));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_deletedRecord_isRemoved(Database kind) throws SQLException {
        DataSource database = database(kind);
        write(sink(database), 1, record("1", T1, Map.of()), record("2", T1, Map.of()));

        write(sink(database), 1, new Change(ref("1"), true, T1, Map.of()), new Change(ref("9"), true, T1, Map.of()));

        assertEquals(List.of("2"), row(database, "SELECT id FROM contacts"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void X48_rowThatDoesNotFit_isNamedAndNothingOfItsBatchIsWritten(Database kind) throws SQLException {
        DataSource database = database(kind);
        String personal = Canary.text();
        Sink sink = sink(database).get();
        sink.open(new SinkStream("s", "Contact", 1));

        SinkResult result = sink.write(batch(
                1,
                record("1", T1, Map.of("name", "good")),
                record("2", T1, Map.of("revenue", personal)),
                record("3", T1, Map.of("name", "good too"))));
        SinkResult others =
                sink.write(batch(1, record("1", T1, Map.of("name", "good")), record("3", T1, Map.of("name", "good"))));
        sink.close();

        assertEquals(0, result.written());
        assertEquals(1, result.refused().size());
        assertEquals(SinkResult.all(2), others);
        assertEquals("2", result.refused().get(0).record().ref().id());
        assertFalse(result.refused().get(0).reason().contains(personal));
        assertEquals(List.of("2"), row(database, "SELECT COUNT(*) FROM contacts"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void open_afterABatch_givesItsCursorAndAFailedBatchLeavesIt(Database kind) throws SQLException {
        DataSource database = database(kind);
        Supplier<Sink> supplier = sink(database);
        write(supplier, 7, record("1", T1, Map.of()));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE contacts RENAME TO moved");
        }

        try (Sink sink = supplier.get()) {
            assertEquals(Optional.of(new SyncCursor("c7")), sink.open(new SinkStream("s", "Contact", 8)));
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE contacts");
            }
            assertThrows(RuntimeException.class, () -> sink.write(batch(8, record("2", T1, Map.of()))));
        }

        try (Sink sink = supplier.get()) {
            assertEquals(Optional.of(new SyncCursor("c7")), sink.open(new SinkStream("s", "Contact", 9)));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void X52_runWithASmallerFence_writesNothing(Database kind) throws SQLException {
        DataSource database = database(kind);
        try (Sink late = sink(database).get()) {
            late.open(new SinkStream("s", "Contact", 1));
            write(sink(database), 2, record("1", T1, Map.of("name", "new")));

            assertThrows(IllegalStateException.class, () -> late.write(batch(1, record("1", T1, Map.of()))));
            assertThrows(
                    IllegalStateException.class, () -> sink(database).get().open(new SinkStream("s", "Contact", 1)));
        }

        assertEquals(List.of("new"), row(database, "SELECT name FROM contacts"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void open_tableWithoutAColumn_saysWhichBeforeAnythingIsWritten(Database kind) throws SQLException {
        DataSource database = database(kind);
        write(sink(database), 1, record("1", T1, Map.of()));

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> TableSink.of(database, "contacts")
                        .text("name")
                        .text("shoe_size")
                        .build()
                        .get()
                        .open(new SinkStream("s", "Contact", 2)));

        assertTrue(String.valueOf(thrown.getMessage()).contains("column shoe_size is missing"), thrown.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void T43_namesThatAreNone_areRefused(Database kind) throws SQLException {
        DataSource database = database(kind);
        for (String name : List.of("", "a b", "a\"; DROP TABLE x; --", "1a", "é", "a".repeat(64))) {
            assertThrows(IllegalArgumentException.class, () -> TableSink.of(database, name));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TableSink.of(database, "t").text(name));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> TableSink.of(database, "t").text("id").build());
        write(
                sink(database),
                1,
                record("'; DROP TABLE contacts; --", T1, Map.of("name", "'); DELETE FROM contacts; --")));

        assertEquals(List.of("1"), row(database, "SELECT COUNT(*) FROM contacts"));
    }

    private static Supplier<Sink> sink(DataSource database) {
        return TableSink.of(database, "contacts")
                .text("name")
                .number("revenue")
                .flag("vip")
                .date("born")
                .time("seen")
                .text("tags")
                .build();
    }

    private static SinkResult write(Supplier<Sink> supplier, long fence, Change... records) {
        try (Sink sink = supplier.get()) {
            sink.open(new SinkStream("s", "Contact", fence));
            return sink.write(batch(fence, records));
        }
    }

    private static SinkBatch batch(long fence, Change... records) {
        return new SinkBatch("s", List.of(records), new SyncCursor("c" + fence), fence);
    }

    private static Change record(String id, Instant at, Map<String, Object> fields) {
        return new Change(ref(id), false, at, new HashMap<>(fields));
    }

    private static RecordRef ref(String id) {
        return RecordRef.of("crm", "Contact", id);
    }

    private static List<String> row(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next(), sql);
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(rows.getString(i));
            }
            return values;
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_instantAndTextOfAnyScript_areKeptWhateverZoneAndLetters(Database kind) throws SQLException {
        DataSource database = database(kind);

        write(
                sink(database),
                1,
                record("1", T1, Map.of("name", "王\ud83d\ude00", "seen", "2026-01-02T03:04:05.678+08:00")),
                record("A", T1, Map.of("name", "upper")),
                record("a", T1, Map.of("name", "lower")));

        assertEquals(List.of("3"), row(database, "SELECT COUNT(*) FROM contacts"));
        assertEquals(List.of("王\ud83d\ude00"), row(database, "SELECT name FROM contacts WHERE id = '1'"));
        String seen = row(database, "SELECT " + seenInUtc(kind) + " FROM contacts WHERE id = '1'")
                .get(0);
        assertTrue(seen.replace('T', ' ').startsWith("2026-01-01 19:04:05.678"), seen);
    }

    private static String seenInUtc(Database kind) {
        return switch (kind) {
            case SQLITE, MARIADB -> "CONCAT(seen, '')";
            case H2, POSTGRESQL -> "seen AT TIME ZONE 'UTC'";
        };
    }

    private DataSource database(Database kind) throws SQLException {
        return switch (kind) {
            case MARIADB -> {
                String address = System.getProperty("trunkline.mariadb", "");
                assumeFalse(address.isEmpty(), "no MariaDB: say -Dtrunkline.mariadb=jdbc:mariadb://...");
                String name = "t" + Math.floorMod(folder.toString().hashCode(), Integer.MAX_VALUE);
                try (Connection connection = new MariaDbDataSource(address).getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name + " CHARACTER SET latin1");
                }
                yield new MariaDbDataSource(address.replaceFirst("/(\\?|$)", "/" + name + "$1"));
            }
            case SQLITE -> {
                SQLiteDataSource source = new SQLiteDataSource();
                source.setUrl("jdbc:sqlite:" + folder.resolve("target.db"));
                yield source;
            }
            case H2 -> {
                JdbcDataSource source = new JdbcDataSource();
                source.setURL("jdbc:h2:" + folder.resolve("target") + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE");
                yield source;
            }
            case POSTGRESQL -> {
                String name = "t" + Math.floorMod(folder.toString().hashCode(), Integer.MAX_VALUE);
                try (Connection connection = named("postgres").getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("DROP DATABASE IF EXISTS " + name);
                    statement.execute("CREATE DATABASE " + name);
                }
                yield named(name);
            }
        };
    }

    private static DataSource named(String name) {
        if (postgres != null) {
            return postgres.getDatabase("postgres", name);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(GIVEN + name);
        database.setUser("postgres");
        return database;
    }
}
