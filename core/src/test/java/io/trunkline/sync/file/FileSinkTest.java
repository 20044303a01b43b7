package io.trunkline.sync.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.error.ConfigurationException;
import io.trunkline.mapping.FormulaGuard;
import io.trunkline.store.StoreException;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.SyncMode;
import io.trunkline.value.RecordRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class FileSinkTest {

    private static final Instant T1 = Instant.parse("2026-03-01T08:00:00.123Z");

    @TempDir
    private Path folder;

    enum Form {
        CSV,
        CSV_GZIP,
        PLAIN_CSV,
        JSON_LINES,
        JSON_LINES_GZIP
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void write_everyKindOfValue_isReadBackByOtherPeoplesProgramsAsGiven(Form form) throws Exception {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "O'Neil 王\r\n\"x\", y");
        fields.put("revenue", new BigDecimal("12345678901234567890.1234567891"));
        fields.put("small", -0.25);
        fields.put("vip", true);
        fields.put("tags", List.of("a", Map.of("b", 1L)));
        fields.put("empty", "");

        SinkResult result = write(form, 1, record("1", fields), record("2", Map.of()));

        assertEquals(SinkResult.all(2), result);
        List<Map<String, String>> rows = Readers.rows(folder);
        Map<String, String> row = rows.get(0);
        assertEquals(2, rows.size());
        assertEquals("1", row.get("id"));
        assertEquals(T1.toString(), row.get("changed_at"));
        assertTrue(List.of("false", "0").contains(row.get("deleted")));
        assertEquals("O'Neil 王\r\n\"x\", y", row.get("name"));
        assertEquals("-0.25", row.get("small"));
        assertTrue(List.of("true", "1").contains(row.get("vip")));
        assertEquals("[\"a\",{\"b\":1}]", row.get("tags"));
        assertEquals("", row.get("empty"));
        assertTrue(content().contains("12345678901234567890.1234567891"), this::content);
        assertNull(rows.get(1).get("name"));
        assertNull(rows.get(1).get("empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999Z",
                "2026-01-01T00:00:00Z",
                "2026-02-28T23:59:00.100Z",
                "2026-11-30T07:05:01Z",
                "2026-11-30T07:05:01.000000001Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void write_times_standAsInstantsDo(String time) throws Exception {
        Instant at = Instant.parse(time);

        write(Form.CSV, 1, new Change(ref("1"), false, at, Map.of("name", at)));

        Map<String, String> row = Readers.rows(folder).get(0);
        assertEquals(at.toString(), FormulaGuard.original(row.get("changed_at")));
        assertEquals(at.toString(), FormulaGuard.original(row.get("name")));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void write_deletedRecord_isARowThatSaysSoAndHoldsNothingElse(Form form) throws Exception {
        write(form, 1, new Change(ref("1"), true, T1, Map.of("name", "what took its place")));

        Map<String, String> row = Readers.rows(folder).get(0);

        assertEquals("1", row.get("id"));
        assertTrue(List.of("true", "1").contains(row.get("deleted")));
        assertNull(row.get("name"));
    }

    @Test
    void T47_textThatASpreadsheetWouldRun_isMadeHarmlessAndCanBeHadBack() throws Exception {
        List<String> attacks = List.of("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1");
        Change[] records = new Change[attacks.size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = record(attacks.get(i).strip() + i, Map.of("name", attacks.get(i)));
        }

        write(Form.CSV, 1, records);
        List<Map<String, String>> rows = Readers.rows(folder);

        for (int i = 0; i < records.length; i++) {
            assertEquals('\'', rows.get(i).get("name").charAt(0));
            assertEquals('\'', rows.get(i).get("id").charAt(0));
            assertEquals(attacks.get(i), FormulaGuard.original(rows.get(i).get("name")));
        }
    }

    @Test
    void write_numbersWithASignAndPlainForm_areLeftAsTheyAre() throws Exception {
        write(Form.CSV, 1, record("1", Map.of("name", "+4930901820", "revenue", new BigDecimal("-0.0000001"))));
        write(Form.PLAIN_CSV, 2, record("1", Map.of("name", "=1+1")));

        assertEquals("+4930901820", Readers.rows(folder).get(0).get("name"));
        assertEquals("-0.0000001", Readers.rows(folder).get(0).get("revenue"));
        assertEquals("=1+1", Readers.rows(folder).get(1).get("name"));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void X48_recordThatNoFileCanHold_isRefusedAndNothingOfTheBatchIsWritten(Form form) throws Exception {
        String personal = Canary.text();

        SinkResult result = write(
                form,
                1,
                record("1", Map.of("name", "good")),
                record("2", Map.of("name", personal + "\ud83d")),
                record("3", Map.of("small", Double.NaN)),
                record("4", Map.of("name", "\ud83d\ude00")));

        assertEquals(0, result.written());
        assertEquals(
                List.of("column name holds half a character", "column small is not a finite number"),
                result.refused().stream().map(SinkResult.Refused::reason).toList());
        assertEquals(List.of(), Readers.visible(folder));
    }

    @Test
    void open_afterChanges_givesTheirCursorAndTheNextRunWritesAnotherFile() throws Exception {
        write(Form.CSV, 7, record("1", Map.of()));

        try (Sink sink = sink(Form.CSV)) {
            assertEquals(Optional.of(new SyncCursor("c7")), sink.open(stream(9, SyncMode.INCREMENTAL)));
            sink.write(batch(9, record("2", Map.of())));
            assertEquals(1, Readers.visible(folder).size());
        }

        assertEquals(
                List.of("people-000000001.csv", "people-000000003.csv"),
                Readers.visible(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void complete_fullRun_takesTheOldFilesPlaceOnlyThen() throws Exception {
        full(1, "1", "2");
        Path file = folder.resolve("people.csv");
        byte[] before = Files.readAllBytes(file);

        try (Sink sink = sink(Form.CSV)) {
            assertEquals(Optional.empty(), sink.open(stream(2, SyncMode.FULL)));
            sink.write(batch(2, record("3", Map.of())));
            assertEquals(List.of(file), Readers.visible(folder));
        }
        assertEquals(new String(before, StandardCharsets.UTF_8), Files.readString(file));
        try (Sink sink = sink(Form.CSV)) {
            assertEquals(Optional.of(new SyncCursor("c2")), sink.open(stream(3, SyncMode.FULL)));
            sink.complete();
        }

        assertEquals(
                List.of("3"),
                Readers.rows(folder).stream().map(row -> row.get("id")).toList());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void complete_fullRunOfNothing_leavesAFileWithoutRows(Form form) throws Exception {
        try (Sink sink = sink(form)) {
            sink.open(stream(1, SyncMode.FULL));
            sink.complete();
        }

        assertEquals(1, Readers.visible(folder).size());
        assertEquals(List.of(), Readers.rows(folder));
    }

    @Test
    void open_otherColumnsOrForm_beginsAtTheBeginningAndKeepsWhatIsThere() throws Exception {
        write(Form.CSV, 1, record("1", Map.of()));
        try (Sink sink = sink(Form.JSON_LINES)) {
            assertEquals(Optional.empty(), sink.open(stream(2, SyncMode.INCREMENTAL)));
        }
        try (Sink sink = sink(Form.JSON_LINES)) {
            assertEquals(Optional.empty(), sink.open(stream(3, SyncMode.FULL)));
            sink.write(batch(3, record("2", Map.of())));
        }
        try (Sink sink = FileSink.jsonLines(folder).columns("name").build().get()) {
            assertEquals(Optional.empty(), sink.open(stream(4, SyncMode.FULL)));
            sink.write(batch(4, record("3", Map.of())));
            sink.complete();
        }

        assertEquals(
                List.of("1", "3"),
                Readers.rows(folder).stream().map(row -> row.get("id")).toList());
    }

    @Test
    void X52_anotherRun_isKeptOutWhileOneWritesAndASmallerFenceForEver() throws Exception {
        try (Sink first = sink(Form.CSV);
                Sink second = sink(Form.CSV)) {
            first.open(stream(5, SyncMode.INCREMENTAL));

            assertThrows(IllegalStateException.class, () -> second.open(stream(6, SyncMode.INCREMENTAL)));
            first.write(batch(5, record("1", Map.of())));
        }
        assertThrows(IllegalStateException.class, () -> sink(Form.CSV).open(stream(4, SyncMode.INCREMENTAL)));

        write(Form.CSV, 6, record("2", Map.of()));
        assertEquals(2, Readers.rows(folder).size());
    }

    @Test
    void open_folderThatCannotBe_isAConfigurationError() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        for (Path wrong : List.of(folder.resolve("missing/deeper"), file, file.resolve("below"))) {
            ConfigurationException thrown = assertThrows(
                    ConfigurationException.class,
                    () -> FileSink.csv(wrong).build().get().open(stream(1, SyncMode.FULL)));
            assertTrue(String.valueOf(thrown.getMessage()).contains("cannot be made"), thrown.getMessage());
        }
    }

    @Test
    void X44_diskThatRefuses_isATypedErrorAndNothingCounts() throws Exception {
        write(Form.CSV, 1, record("1", Map.of()));
        Disk forbidden = new Disk() {
            @Override
            public void write(Path file, long at, byte[] bytes) throws IOException {
                throw new AccessDeniedException(file.toString());
            }
        };
        Disk full = new Disk() {
            @Override
            public void write(Path file, long at, byte[] bytes) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        FileLayout layout = FileSink.csv(folder).layout();

        assertThrows(
                ConfigurationException.class, () -> new FileSink(layout, forbidden).open(stream(2, SyncMode.FULL)));
        StoreException thrown =
                assertThrows(StoreException.class, () -> new FileSink(layout, full).open(stream(2, SyncMode.FULL)));
        assertTrue(String.valueOf(thrown.getMessage()).contains("disk is full"), thrown.getMessage());
        try (Sink sink = sink(Form.CSV)) {
            assertEquals(Optional.of(new SyncCursor("c1")), sink.open(stream(2, SyncMode.INCREMENTAL)));
        }
    }

    @Test
    void open_bothStatesDamaged_isRefusedAndNotTakenForABeginning() throws Exception {
        write(Form.CSV, 1, record("1", Map.of()));
        for (int slot = 0; slot < 2; slot++) {
            Files.writeString(folder.resolve(".people.state-" + slot), "00000000{}");
        }

        assertThrows(StoreException.class, () -> sink(Form.CSV).open(stream(2, SyncMode.INCREMENTAL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../a", "A", "a_b", "ä", "a.replay"})
    void open_anyNameOfAStream_isAFileInTheFolderOfItsOwn(String name) throws Exception {
        try (Sink sink = sink(Form.CSV)) {
            sink.open(new SinkStream(name, "Contact", 1));
            sink.write(new SinkBatch(name, List.of(record("1", Map.of())), new SyncCursor("c"), 1));
        }
        write(Form.CSV, 1, record("2", Map.of()));

        assertEquals(2, Readers.rows(folder).size());
        assertTrue(FileLayout.safe(name).matches("[a-z0-9._-]+"));
        assertFalse(FileLayout.safe(name).contains("/"));
    }

    @Test
    void build_columnsThatAreNone_areRefused() {
        for (String name : List.of("", " ", "a\nb", "id", "a".repeat(201))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> FileSink.csv(folder).columns(name).build());
        }
    }

    private void full(long fence, String... ids) {
        try (Sink sink = sink(Form.CSV)) {
            sink.open(stream(fence, SyncMode.FULL));
            for (String id : ids) {
                sink.write(batch(fence, record(id, Map.of())));
            }
            sink.complete();
        }
    }

    private SinkResult write(Form form, long fence, Change... records) {
        try (Sink sink = sink(form)) {
            sink.open(stream(fence, SyncMode.INCREMENTAL));
            return sink.write(batch(fence, records));
        }
    }

    private Sink sink(Form form) {
        FileSink.Builder builder = switch (form) {
            case CSV -> FileSink.csv(folder);
            case CSV_GZIP -> FileSink.csv(folder).gzip();
            case PLAIN_CSV -> FileSink.plainCsv(folder);
            case JSON_LINES -> FileSink.jsonLines(folder);
            case JSON_LINES_GZIP -> FileSink.jsonLines(folder).gzip();
        };
        return builder.columns("name", "revenue", "small", "vip", "tags", "empty")
                .build()
                .get();
    }

    private String content() {
        try {
            return new String(Readers.content(Readers.visible(folder).get(0)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static SinkStream stream(long fence, SyncMode mode) {
        return new SinkStream("people", "Contact", fence, mode);
    }

    private static SinkBatch batch(long fence, Change... records) {
        return new SinkBatch("people", List.of(records), new SyncCursor("c" + fence), fence);
    }

    private static Change record(String id, Map<String, Object> fields) {
        return new Change(ref(id), false, T1, new HashMap<>(fields));
    }

    private static RecordRef ref(String id) {
        return RecordRef.of("crm", "Contact", id);
    }
}
