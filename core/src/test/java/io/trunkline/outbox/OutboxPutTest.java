package io.trunkline.outbox;

import static io.trunkline.outbox.OutboxNode.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put is there once, or not at all. */
@Timeout(120)
final class OutboxPutTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_thenWork_writesItAndTellsThePlatformsId(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            assertTrue(node.put("a", 1));
            assertEquals(new OutboxResult.Pending(node.clock.now()), node.result("key-a1"));

            assertEquals(1, node.outbox.work());

            assertEquals(new OutboxResult.Done("id of key-a1", node.clock.now()), node.result("key-a1"));
            assertEquals(List.of("a1"), node.diary.lines());
            assertEquals(List.of(), node.waiting());
            assertEquals(Optional.empty(), node.outbox.result("key-a2"));
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_sameKeyWithSameContent_isTheSameWriteForAWeekAfterItsEnd(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.put("a", 1);
            assertFalse(node.put("a", 1));
            node.drain();
            node.clock.advance(Duration.ofDays(7).minusSeconds(1));
            assertFalse(node.put("a", 1));
            node.drain();

            assertEquals(List.of("a1"), node.diary.lines());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_sameKeyWithOtherContent_isAConflictAndTheFirstStands(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            byte[] first = "a1".getBytes(StandardCharsets.UTF_8);
            node.put("a", 1);
            List<OutboxEntry> others = List.of(
                    OutboxEntry.of(OutboxNode.KIND, "a", "key-a1", new byte[] {1}),
                    OutboxEntry.of(OutboxNode.KIND, "b", "key-a1", first),
                    OutboxEntry.of("other", "a", "key-a1", first),
                    entry("a", 1).validFor(Duration.ofHours(1)));

            for (OutboxEntry other : others) {
                ConflictException refused = assertThrows(ConflictException.class, () -> node.outbox.put(other));
                assertEquals(ErrorKind.CONFLICT, refused.kind());
            }
            node.drain();
            assertThrows(ConflictException.class, () -> node.outbox.put(others.get(0)));

            assertEquals(List.of("a1"), node.diary.lines());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_inATransactionThatIsUndone_leavesNothing(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> node.store.atomically(inside -> {
                        node.outbox.put(entry("a", 1), inside);
                        throw new IllegalStateException("undone");
                    }));

            assertEquals(Optional.empty(), node.outbox.result("key-a1"));
            assertEquals(0, node.outbox.work());
            assertTrue(node.put("a", 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void put_besideTheApplicationsOwnRow_isThereIfTheRowIs(boolean committed) {
        try (OutboxNode node = new OutboxNode(StoreForms.SQLITE, folder)) {
            node.store.atomically(inside -> executed(inside, "CREATE TABLE calls (id TEXT)"));

            try {
                node.store.atomically(inside -> {
                    executed(inside, "INSERT INTO calls VALUES ('a')");
                    node.outbox.put(entry("a", 1), inside);
                    if (!committed) {
                        throw new IllegalStateException("undone");
                    }
                    return true;
                });
            } catch (IllegalStateException e) {
                assertFalse(committed);
            }
            node.drain();

            assertEquals(committed ? List.of("a1") : List.of(), node.diary.lines());
            assertEquals(committed ? 1 : 0, (int)
                    node.store.atomically(inside -> executed(inside, "UPDATE calls SET id = 'b'")));
        }
    }

    @Test
    void put_twoOutboxesOfOneStore_knowNothingOfOneAnother() {
        try (OutboxNode node = new OutboxNode(StoreForms.SQLITE, folder)) {
            Diary diary = new Diary();
            Outbox other = new Outbox("CRM", node.store, node.time).on(OutboxNode.KIND, diary);

            assertTrue(node.put("a", 1));
            assertTrue(other.put(entry("a", 1)));
            OutboxNode.drain(other);

            assertEquals(List.of("a1"), diary.lines());
            assertInstanceOf(OutboxResult.Pending.class, node.result("key-a1"));
            assertInstanceOf(OutboxResult.Done.class, other.result("key-a1").orElseThrow());
        }
    }

    @Test
    void entry_thatCannotBeKept_isRefusedWithoutRepeatingIt() {
        String canary = Canary.text();
        byte[] payload = new byte[0];

        for (OutboxRefused refused : List.<OutboxRefused>of(
                () -> OutboxEntry.of("", "e", "k", payload),
                () -> OutboxEntry.of("Note", "e", "k", payload),
                () -> OutboxEntry.of("note", "", "k", payload),
                () -> OutboxEntry.of("note", canary + "\n", "k", payload),
                () -> OutboxEntry.of("note", "\ud800", "k", payload),
                () -> OutboxEntry.of("note", "e".repeat(201), "k", payload),
                () -> OutboxEntry.of("note", "e", "", payload),
                () -> OutboxEntry.of("note", "e", canary + " ", payload),
                () -> OutboxEntry.of("note", "e", "k".repeat(201), payload),
                () -> OutboxEntry.of("note", "e", "k", new byte[OutboxEntry.LARGEST + 1]),
                () -> OutboxEntry.of("note", "e", "k", payload).validFor(Duration.ZERO),
                () -> OutboxEntry.of("note", "e", "k", payload).validFor(Duration.ofSeconds(Long.MAX_VALUE)))) {
            IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, refused::make);
            assertFalse(String.valueOf(problem.getMessage()).contains(canary));
        }
        assertEquals(
                "OutboxEntry[note k]",
                OutboxEntry.of("note", canary, "k", payload).toString());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_largestEntry_isWrittenAsItWas(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            byte[] payload = new byte[OutboxEntry.LARGEST];
            payload[payload.length - 1] = 7;
            byte[][] written = new byte[1][];
            node.outbox.on("z".repeat(64), entry -> {
                written[0] = entry.payload();
                return "";
            });

            node.outbox.put(OutboxEntry.of("z".repeat(64), "e".repeat(200), "k".repeat(200), payload));
            node.drain();

            assertEquals(7, written[0][payload.length - 1]);
            assertEquals(payload.length, written[0].length);
        }
    }

    private interface OutboxRefused {
        OutboxEntry make();
    }

    private static Integer executed(Store inside, String sql) {
        try (Statement statement = JdbcStore.connection(inside).createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
