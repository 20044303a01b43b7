package io.trunkline.sync.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows put in together are the rows put in alone, whatever they hold. */
@Timeout(120)
final class ArrayUpsertTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456Z");
    private static EmbeddedPostgres postgres;

    private final DataSource database = postgres.getPostgresDatabase();

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("DROP TABLE IF EXISTS contacts, trunkline_cursors");
    }

    static Stream<Map<String, Object>> odd() {
        return Stream.of(
                Map.of(),
                Map.of("name", ""),
                Map.of("name", "NULL"),
                Map.of("name", "{\"a\",b}\\ ' \" \n\t,"),
                Map.of("name", "\ud83d\ude00 \u738b"),
                Map.of("name", "half \ud83d"),
                Map.of("name", "zero \0"),
                Map.of("name", List.of("a", Map.of("b", 1L))),
                Map.of("name", 17L),
                Map.of("number", new BigDecimal("-1E-9")),
                Map.of("number", new BigDecimal("1E+27")),
                Map.of("number", new BigDecimal("1E+40")),
                Map.of("number", "12 pieces"),
                Map.of("flag", "yes"),
                Map.of("flag", false),
                Map.of("day", "2024-02-29T10:00:00Z"),
                Map.of("day", "2023-02-29"),
                Map.of("day", "+12345-01-01"),
                Map.of("time", "2024-02-29T10:00:00.123999+0800"),
                Map.of("time", Instant.parse("-0043-03-15T10:00:00Z")),
                Map.of("time", Instant.parse("+12345-03-15T10:00:00Z")),
                Map.of("time", Instant.MAX));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void write_oddValue_isStoredOrRefusedAsAlone(Map<String, Object> fields) throws SQLException {
        SinkResult alone = write(record("odd", fields));
        List<String> row = rows("SELECT contacts::text FROM contacts WHERE id = 'odd'");
        run("DROP TABLE contacts");

        SinkResult together = write(record("odd", fields), record("even", Map.of("name", "even")));

        List<String> kept = rows("SELECT contacts::text FROM contacts WHERE id = 'odd'");
        assertEquals(alone.refused().isEmpty() ? row : List.of(), kept);
        assertEquals(
                alone.refused().stream().map(SinkResult.Refused::reason).toList(),
                together.refused().stream().map(SinkResult.Refused::reason).toList());
        assertEquals(alone.refused().isEmpty() ? 2 : 0, together.written());
    }

    @Test
    void write_tableOfOtherTypes_takesWhatGoesIntoThem() throws SQLException {
        run(
                "CREATE TABLE contacts (\"number\" DOUBLE PRECISION, id VARCHAR(10) PRIMARY KEY, name VARCHAR(5), flag BOOLEAN,"
                        + " day DATE, changed_at TIMESTAMP WITH TIME ZONE, \"time\" TIMESTAMP WITH TIME ZONE, own TEXT DEFAULT 'x')");

        SinkResult result = write(
                record("1", Map.of("name", "short", "number", new BigDecimal("0.5"))),
                record("2", Map.of("name", "too long")),
                record("3", Map.of("day", "2024-02-29")));

        assertEquals(0, result.written());
        write(
                record("1", Map.of("name", "short", "number", new BigDecimal("0.5"))),
                record("3", Map.of("day", "2024-02-29")));
        assertEquals(
                List.of("1 short 0.5 x", "3 x"),
                rows("SELECT concat_ws(' ', id, name, \"number\", own) FROM contacts"));
        assertEquals("2", result.refused().get(0).record().ref().id());
    }

    @Test
    void write_olderStateAmongNewOnes_overwritesNothing() throws SQLException {
        write(record("1", Map.of("name", "new")), record("2", Map.of("name", "new")));
        Change older = new Change(ref("1"), false, NOW.minusSeconds(1), Map.of("name", "old"));

        write(older, record("2", Map.of("name", "newer")), new Change(ref("3"), true, NOW, Map.of()));

        assertEquals(List.of("new", "newer"), rows("SELECT name FROM contacts ORDER BY id"));
    }

    private SinkResult write(Change... records) {
        try (Sink sink = TableSink.of(database, "contacts")
                .text("name")
                .number("number")
                .flag("flag")
                .date("day")
                .time("time")
                .build()
                .get()) {
            sink.open(new SinkStream("s", "Contact", 1));
            return sink.write(new SinkBatch("s", List.of(records), new SyncCursor("c"), 1));
        }
    }

    private static Change record(String id, Map<String, Object> fields) {
        return new Change(ref(id), false, NOW, fields);
    }

    private static RecordRef ref(String id) {
        return RecordRef.of("crm", "Contact", id);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
