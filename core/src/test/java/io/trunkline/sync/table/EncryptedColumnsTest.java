package io.trunkline.sync.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.store.BlindIndex;
import io.trunkline.store.DataCipher;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** Columns that are unreadable in the database and searchable all the same. */
@Timeout(120)
final class EncryptedColumnsTest {

    enum Database {
        SQLITE,
        H2,
        POSTGRESQL
    }

    private static final Instant T1 = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final DataCipher CIPHER = DataCipher.aesGcm(KEY);
    private static final BlindIndex INDEX = BlindIndex.hmac(List.of(KEY));

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private DataSource database;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_everyTypeEncrypted_isReadAsGivenAndUnreadableInTheTable(Database kind) throws SQLException {
        TableSink.Builder table = contacts(database(kind));
        String name = Canary.text();
        String email = Canary.email();
        String phone = Canary.phone();
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("email", email);
        fields.put("phone", phone);
        fields.put("revenue", new BigDecimal("1234567.89"));
        fields.put("vip", "yes");
        fields.put("born", "1980-12-31");
        fields.put("seen", Instant.parse("2026-01-02T03:04:05.678Z"));

        assertEquals(SinkResult.all(2), write(table, record("1", T1, fields), record("2", T1, Map.of())));

        String raw = raw(database);
        List.of(name, email, phone, "1234567", "1980-12", "2026-01-02")
                .forEach(each -> assertFalse(raw.contains(each)));
        TableRow row = table.rows().get("1").orElseThrow();
        assertEquals(name, row.fields().get("name"));
        assertEquals(new BigDecimal("1234567.89"), row.fields().get("revenue"));
        assertEquals(true, row.fields().get("vip"));
        assertEquals(LocalDate.parse("1980-12-31"), row.fields().get("born"));
        assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), row.fields().get("seen"));
        assertEquals(T1, row.changedAt());
        assertNull(table.rows().get("2").orElseThrow().fields().get("phone"));
        Leaks.printed(row);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void find_anyFormOfANumber_findsWhoHasIt(Database kind) throws SQLException {
        TableSink.Builder table = contacts(database(kind));
        write(
                table,
                record("1", T1, Map.of("phone", "(317) 555-0125", "email", "Jane.Doe@Example.TEST")),
                record("2", T1.plusSeconds(1), Map.of("phone", "+13175550125 ext. 12")),
                record("3", T1, Map.of("phone", "+1 317 555 0126")),
                record("4", T1, Map.of("phone", "317 555 01 25 home")),
                record("5", T1, Map.of("phone", "call me")));

        for (String asked : List.of("+13175550125", "317.555.0125", "1-317-555-0125", "+1 (317) 555-0125")) {
            List<String> ids = table.rows().find("phone", asked, 10).stream()
                    .map(TableRow::id)
                    .toList();
            assertEquals(List.of("2", "1"), ids.subList(0, 2), asked);
        }
        assertEquals(List.of("1"), ids(table, "email", " jane.doe@example.test "));
        assertEquals(List.of(), ids(table, "phone", "+13175550199"));
        assertEquals(List.of(), ids(table, "phone", "call me"));
        assertEquals(List.of(), ids(table, "email", ""));
        assertEquals(1, table.rows().find("phone", "+13175550125", 1).size());
        assertThrows(IllegalArgumentException.class, () -> table.rows().find("name", "x", 1));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void write_changedOrDeleted_isFoundByTheNewValueOnly(Database kind) throws SQLException {
        TableSink.Builder table = contacts(database(kind));
        write(
                table,
                record("1", T1, Map.of("phone", "+13175550125")),
                record("2", T1, Map.of("phone", "+13175550126")));

        write(
                table,
                record("1", T1.plusSeconds(1), Map.of("phone", "+13175550127")),
                new Change(ref("2"), true, T1.plusSeconds(1), Map.of()));

        assertEquals(List.of(), ids(table, "phone", "+13175550125"));
        assertEquals(List.of(), ids(table, "phone", "+13175550126"));
        assertEquals(List.of("1"), ids(table, "phone", "+13175550127"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void S5_valueAtAnotherRowOrColumn_isRefused(Database kind) throws SQLException {
        TableSink.Builder table = contacts(database(kind));
        write(
                table,
                record("1", T1, Map.of("phone", Canary.phone(), "email", Canary.email())),
                record("2", T1, Map.of("phone", Canary.phone())),
                record("3", T1, Map.of("phone", "+13175550127", "name", "x")));
        run("UPDATE contacts SET phone = (SELECT phone FROM contacts WHERE id = '1') WHERE id = '2'");
        run("UPDATE contacts SET name = phone WHERE id = '3'");

        Leaks.saw(assertThrows(SecurityPolicyException.class, () -> table.rows().get("2")));
        Leaks.saw(assertThrows(SecurityPolicyException.class, () -> table.rows().get("3")));
        assertTrue(table.rows().get("1").isPresent());
        run("UPDATE contacts SET phone = '+13175550125' WHERE id = '1'");
        Leaks.saw(assertThrows(SecurityPolicyException.class, () -> table.rows().get("1")));
        assertEquals(3, table.rows().reseal());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void open_tableThatWasReadable_saysWhatMustChange(Database kind) throws SQLException {
        DataSource pool = database(kind);
        TableSink.Builder readable =
                TableSink.of(pool, "contacts").text("phone").number("revenue");
        write(readable, record("1", T1, Map.of("phone", "+13175550125")));

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> write(TableSink.of(pool, "contacts")
                        .encryption(CIPHER, INDEX)
                        .searchable("phone", SearchForm.phone("US"))
                        .encrypted("revenue", ColumnType.NUMBER)));

        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.contains("column phone_index is missing"), message);
        assertEquals(kind != Database.SQLITE, message.contains("column revenue is encrypted and must be"), message);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void migrate_tableThatWasReadable_sealsAndIndexesIt(Database kind) throws SQLException {
        DataSource pool = database(kind);
        String phone = Canary.phone();
        write(
                TableSink.of(pool, "contacts").text("phone").text("name"),
                record("1", T1, Map.of("phone", phone, "name", "Jane Roe")),
                record("2", T1, Map.of("phone", "+13175550125")));
        run("ALTER TABLE contacts ADD COLUMN phone_index VARCHAR(512)");
        TableSink.Builder table = TableSink.of(pool, "contacts")
                .encryption(CIPHER, INDEX)
                .searchable("phone", SearchForm.phone("US"))
                .encrypted("name", ColumnType.TEXT);
        Leaks.saw(assertThrows(SecurityPolicyException.class, () -> table.rows().get("1")));
        assertEquals(2, table.rows().reseal());

        assertEquals(0, table.rows().migrate());

        assertEquals(
                "Jane Roe", table.rows().find("phone", phone, 9).get(0).fields().get("name"));
        assertEquals(List.of("2"), ids(table, "phone", "+13175550125"));
        assertFalse(raw(pool).contains("Jane Roe") || raw(pool).contains(phone));
        assertEquals(0, table.rows().reseal());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void rows_ofAReadableTable_areReadToo(Database kind) throws SQLException {
        TableSink.Builder table = TableSink.of(database(kind), "contacts")
                .text("name")
                .number("revenue")
                .flag("vip")
                .date("born")
                .time("seen");
        Map<String, Object> fields = Map.of("name", "x", "revenue", 5L, "vip", false, "born", "1980-12-31", "seen", T1);
        write(table, record("1", T1, fields), record("2", T1, Map.of()));

        Map<String, Object> read = table.rows().get("1").orElseThrow().fields();

        assertEquals(0, new BigDecimal("5").compareTo((BigDecimal) read.get("revenue")));
        assertEquals(List.of("x", false, T1), List.of(read.get("name"), read.get("vip"), read.get("seen")));
        assertEquals(LocalDate.parse("1980-12-31"), read.get("born"));
        assertNull(table.rows().get("2").orElseThrow().fields().get("vip"));
    }

    @Test
    void build_encryptedWithoutACipherOrIndexThatIsThere_isRefused() throws SQLException {
        DataSource pool = database(Database.H2);

        assertThrows(
                IllegalArgumentException.class,
                () -> TableSink.of(pool, "t").encrypted("a", ColumnType.TEXT).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> TableSink.of(pool, "t")
                        .encryption(CIPHER, INDEX)
                        .searchable("a", SearchForm.text())
                        .text("a_index")
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> TableSink.of(pool, "t").searchable("a".repeat(60), SearchForm.text()));
    }

    private static TableSink.Builder contacts(DataSource pool) {
        return TableSink.of(pool, "contacts")
                .encryption(CIPHER, INDEX)
                .encrypted("name", ColumnType.TEXT)
                .searchable("email", SearchForm.email())
                .searchable("phone", SearchForm.phone("US"))
                .encrypted("revenue", ColumnType.NUMBER)
                .encrypted("vip", ColumnType.FLAG)
                .encrypted("born", ColumnType.DATE)
                .encrypted("seen", ColumnType.TIME);
    }

    private static List<String> ids(TableSink.Builder table, String column, String word) {
        return table.rows().find(column, word, 10).stream().map(TableRow::id).toList();
    }

    private static SinkResult write(TableSink.Builder table, Change... records) {
        try (Sink sink = table.build().get()) {
            sink.open(new SinkStream("s", "Contact", 1));
            return sink.write(new SinkBatch("s", List.of(records), new SyncCursor("c"), 1));
        }
    }

    private static Change record(String id, Instant at, Map<String, Object> fields) {
        return new Change(ref(id), false, at, new HashMap<>(fields));
    }

    private static RecordRef ref(String id) {
        return RecordRef.of("crm", "Contact", id);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String raw(DataSource pool) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM contacts ORDER BY id")) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    // The only times that are readable are those of the change.
                    String column = rows.getMetaData().getColumnName(i);
                    text.append(column.equals("changed_at") ? "" : rows.getString(i))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private DataSource database(Database kind) throws SQLException {
        database = switch (kind) {
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
                try (Connection connection = postgres.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name);
                }
                yield postgres.getDatabase("postgres", name);
            }
        };
        return database;
    }
}
