package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.error.SecurityPolicyException;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.table.ColumnType;
import io.trunkline.sync.table.SearchForm;
import io.trunkline.sync.table.TableRow;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.RecordRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A table that outlives its keys, those that seal and those that find. */
final class TableRotationTest {

    private static final int ROWS = 450;

    private final Keyset data = Keyset.forData();
    private final Keyset index = Keyset.forIndex();
    private final Keyset newData = data.withNewKey().promoted();
    private final Keyset newIndex = index.withNewKey().promoted();

    @TempDir
    private Path folder;

    @Test
    void S5_rowsOfThreeGenerationsOfKeys_areReadFoundAndSealedAgain() {
        Keyset thirdData = newData.withNewKey().promoted();
        Keyset thirdIndex = newIndex.withNewKey().promoted();
        write(table(data, index), 0, 150);
        write(table(newData, newIndex), 150, 300);
        write(table(thirdData, thirdIndex), 300, ROWS);

        allFound(table(thirdData, thirdIndex));
        assertEquals(0, table(thirdData, thirdIndex).rows().reseal());

        allFound(table(thirdData.withoutOldKeys(), thirdIndex.withoutOldKeys()));
    }

    @Test
    void T52_rowsWhoseKeyIsGone_areRefusedAndKept() {
        write(table(data, index), 0, 3);
        write(table(newData, newIndex), 3, 5);
        TableSink.Builder without = table(newData.withoutOldKeys(), newIndex);

        SecurityPolicyException thrown =
                assertThrows(SecurityPolicyException.class, () -> without.rows().get("0"));
        assertEquals(3, without.rows().reseal());

        assertEquals(true, thrown.getMessage().contains("put that key back"));
        assertEquals(
                "name 0",
                table(newData, newIndex).rows().get("0").orElseThrow().fields().get("name"));
    }

    private static void allFound(TableSink.Builder table) {
        for (int i = 0; i < ROWS; i++) {
            List<TableRow> found = table.rows().find("phone", phone(i), 2);
            assertEquals(1, found.size(), "row " + i);
            assertEquals("name " + i, found.get(0).fields().get("name"));
        }
    }

    private static void write(TableSink.Builder table, int from, int to) {
        List<Change> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            RecordRef ref = RecordRef.of("crm", "Contact", String.valueOf(i));
            records.add(new Change(ref, false, Instant.EPOCH, Map.of("phone", phone(i), "name", "name " + i)));
        }
        try (Sink sink = table.build().get()) {
            sink.open(new SinkStream("s", "Contact", 1));
            sink.write(new SinkBatch("s", records, new SyncCursor("c"), 1));
        }
    }

    private static String phone(int number) {
        return String.format("+44770090%04d", number);
    }

    private TableSink.Builder table(Keyset sealing, Keyset finding) {
        SQLiteDataSource pool = new SQLiteDataSource();
        pool.setUrl("jdbc:sqlite:" + folder.resolve("target.db"));
        return TableSink.of(pool, "contacts")
                .encryption(TinkCipher.of(sealing), TinkIndex.of(finding))
                .searchable("phone", SearchForm.phone("GB"))
                .encrypted("name", ColumnType.TEXT);
    }
}
