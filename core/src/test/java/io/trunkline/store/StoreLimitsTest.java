package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The edges of the store: names, sizes, times, and transactions inside one another. */
@Timeout(120)
final class StoreLimitsTest {

    private final VirtualClock clock = VirtualClock.single();

    @TempDir
    private Path folder;

    private Store store;

    private Store open(StoreForms form) {
        store = form.open(Clocks.of(clock), folder);
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void names_ofAnotherForm_areRefused(StoreForms form) {
        open(form);
        for (String name : List.of("", "A", "1a", "a b", "a_b", "a/b", "a'b", "a".repeat(65), "\u00e9", "a\0")) {
            assertThrows(IllegalArgumentException.class, () -> store.values(name), name);
            assertThrows(IllegalArgumentException.class, () -> store.queue(name), name);
        }
        assertTrue(store.values("a".repeat(64)).get("k").isEmpty());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void keys_thatADatabaseCouldNotKeep_areRefusedWithoutRepeatingThem(StoreForms form) {
        Values values = open(form).values("space");
        OrderedQueue queue = store.queue("work");
        for (String key : List.of(
                "", "x".repeat(513), Canary.text() + "\0", Canary.text() + "\ud800", "\udc00" + Canary.text())) {
            Leaks.saw(assertThrows(IllegalArgumentException.class, () -> values.get(key)));
            assertThrows(IllegalArgumentException.class, () -> values.put(key, new byte[0], 0, null));
            assertThrows(IllegalArgumentException.class, () -> values.delete(key, 1));
            assertThrows(IllegalArgumentException.class, () -> store.leases().acquire(key, Duration.ofMinutes(1)));
            assertThrows(IllegalArgumentException.class, () -> queue.add(key, new byte[0], clock.now(), null));
            assertThrows(IllegalArgumentException.class, () -> queue.add("e", new byte[0], clock.now(), key));
        }
        assertEquals(List.of(), queue.pending(Optional.empty(), 1).items());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void keys_ofAnyScript_stayApart(StoreForms form) {
        Values values = open(form).values("space");
        List<String> keys =
                List.of("a?", "a\ufffd", "a\u00e9", "ae\u0301", "A", "a", "a ", " a", "\ud83d\ude00", "'", "\\", "%");
        keys.forEach(key -> assertTrue(values.put(key, key.getBytes(StandardCharsets.UTF_8), Values.ABSENT, null)));

        keys.forEach(key -> assertArrayEquals(
                key.getBytes(StandardCharsets.UTF_8),
                values.get(key).orElseThrow().value()));
        assertEquals(
                keys.size(), values.list("", Optional.empty(), 1_000).items().size());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void sizes_toTheLastByte_areKeptAndOneMoreIsRefused(StoreForms form) {
        Values values = open(form).values("space");
        byte[] largest = new byte[form.largest()];
        largest[largest.length - 1] = 7;

        assertTrue(values.put("x".repeat(512), largest, Values.ABSENT, null));
        assertArrayEquals(largest, values.get("x".repeat(512)).orElseThrow().value());
        assertTrue(store.queue("work").add("e", largest, clock.now(), null));
        assertArrayEquals(
                largest,
                store.queue("work").take(1, Duration.ofMinutes(1)).get(0).payload());
        byte[] more = new byte[form.largest() + 1];
        assertThrows(IllegalArgumentException.class, () -> values.put("k", more, Values.ABSENT, null));
        assertThrows(IllegalArgumentException.class, () -> store.queue("work").add("e", more, clock.now(), null));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void pages_ofNoSizeOrTooLarge_areRefused(StoreForms form) {
        open(form);
        for (int limit : new int[] {0, -1, 1_001, Integer.MAX_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class, () -> store.values("space").list("", Optional.empty(), limit));
            assertThrows(
                    IllegalArgumentException.class, () -> store.queue("work").pending(Optional.empty(), limit));
            assertThrows(
                    IllegalArgumentException.class, () -> store.queue("work").deadLetters(Optional.empty(), limit));
        }
        assertThrows(IllegalArgumentException.class, () -> store.queue("work").pending(Optional.of("x"), 1));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void times_beyondAllTime_meanForEver(StoreForms form) {
        Values values = open(form).values("space");
        OrderedQueue queue = store.queue("work");

        assertTrue(values.put("k", new byte[0], Values.ABSENT, Instant.MAX));
        assertTrue(values.put("past", new byte[0], Values.ABSENT, Instant.MIN));
        assertTrue(queue.add("e", new byte[0], Instant.MIN, null));
        assertTrue(queue.add("f", new byte[0], Instant.MAX, null));
        Lease lease = store.leases()
                .acquire("job", Duration.ofSeconds(Long.MAX_VALUE))
                .orElseThrow();
        assertEquals(1, queue.take(9, Duration.ofSeconds(Long.MAX_VALUE)).size());
        clock.advance(Duration.ofDays(3_650));

        assertTrue(values.get("k").isPresent());
        assertTrue(values.get("past").isEmpty());
        assertTrue(lease.held());
        assertTrue(lease.renew(Duration.ofSeconds(Long.MAX_VALUE)));
        assertEquals(List.of(), queue.take(9, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void transaction_thatFailsInsideAnother_isUndoneAlone(StoreForms form) {
        open(form);

        store.atomically(outer -> {
            assertTrue(outer.values("space").put("kept", new byte[0], Values.ABSENT, null));
            assertThrows(
                    IllegalStateException.class,
                    () -> outer.atomically(inner -> {
                        assertTrue(inner.values("space").put("undone", new byte[0], Values.ABSENT, null));
                        assertTrue(inner.queue("work").add("e", new byte[0], clock.now(), null));
                        assertTrue(inner.leases()
                                .acquire("job", Duration.ofMinutes(1))
                                .isPresent());
                        throw new IllegalStateException("no");
                    }));
            return outer.atomically(inner -> inner.values("space").put("kept too", new byte[0], Values.ABSENT, null));
        });

        assertEquals(
                List.of("kept", "kept too"),
                store.values("space").list("", Optional.empty(), 9).items().stream()
                        .map(Versioned::key)
                        .sorted()
                        .toList());
        assertEquals(List.of(), store.queue("work").pending(Optional.empty(), 9).items());
        assertTrue(store.leases().acquire("job", Duration.ofMinutes(1)).isPresent());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void whatACallerDoesToBytes_staysTheCallers(StoreForms form) {
        Values values = open(form).values("space");
        byte[] mine = {1};
        values.put("k", mine, Values.ABSENT, null);
        store.queue("work").add("e", mine, clock.now(), null);
        mine[0] = 2;

        values.get("k").orElseThrow().value()[0] = 3;
        store.queue("work").pending(Optional.empty(), 1).items().get(0).payload()[0] = 3;

        assertArrayEquals(new byte[] {1}, values.get("k").orElseThrow().value());
        assertArrayEquals(
                new byte[] {1},
                store.queue("work").take(1, Duration.ofMinutes(1)).get(0).payload());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void reasons_ofAnyLengthAndForm_areKeptForPeople(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        queue.add("e", new byte[0], clock.now(), null);
        QueueItem item = queue.take(1, Duration.ofMinutes(1)).get(0);

        assertTrue(queue.dead(item, "\0\ud800\u4f60" + "x".repeat(10_000)));

        String reason = queue.deadLetters(Optional.empty(), 1).items().get(0).reason();
        assertEquals("??\u4f60" + "x".repeat(1_997), reason);
    }

    @Test
    void expired_valuesOfAFile_areRemovedFromIt() throws Exception {
        Path file = folder.resolve("sweep.db");
        store = JdbcStore.sqlite(file, Clocks.of(clock));
        Values values = store.values("space");
        for (int i = 0; i < 5_000; i++) {
            values.claim("k" + i, new byte[0], clock.now().plusSeconds(60));
            clock.advance(Duration.ofSeconds(1));
        }

        assertTrue(rows("jdbc:sqlite:" + file) < 600, "rows " + rows("jdbc:sqlite:" + file));
    }

    @Test
    void expired_valuesInPostgres_areRemovedFromIt() throws Exception {
        DataSource database = StoreForms.database();
        store = JdbcStore.postgresql(database, Clocks.of(clock));
        for (int i = 0; i < 600; i++) {
            store.values("space").claim("k" + i, new byte[0], clock.now().plusSeconds(60));
            clock.advance(Duration.ofSeconds(1));
        }
        try (Connection connection = database.getConnection()) {
            assertTrue(rows(connection) < 330, "rows " + rows(connection));
        }
    }

    /** Ids are given out before their transactions end; what is added later must not be seen earlier. */
    @Test
    void queue_addsOfOneEntityAtOnce_areSeenInTheirOrder() {
        DataSource database = StoreForms.database();
        store = JdbcStore.postgresql(database, Clocks.of(clock));
        OrderedQueue queue = store.queue("work");

        CompletableFuture<Boolean> second = store.atomically(inside -> {
            inside.queue("work").add("e", new byte[] {1}, clock.now(), null);
            CompletableFuture<Boolean> later =
                    CompletableFuture.supplyAsync(() -> queue.add("e", new byte[] {2}, clock.now(), null));
            assertThrows(TimeoutException.class, () -> later.get(300, TimeUnit.MILLISECONDS));
            assertEquals(List.of(), queue.take(9, Duration.ofMinutes(1)));
            return later;
        });

        assertTrue(second.join());
        assertEquals(1, queue.take(9, Duration.ofMinutes(1)).get(0).payload()[0]);
        assertEquals(List.of(), queue.take(9, Duration.ofMinutes(1)));
    }

    @Test
    void sqlite_openedAgain_hasWhatItHad() {
        Path file = folder.resolve("again.db");
        try (Store first = JdbcStore.sqlite(file, Clocks.of(clock))) {
            first.values("space").put("k", new byte[] {1}, Values.ABSENT, null);
            first.queue("work").add("e", new byte[] {2}, clock.now(), "once");
            first.leases().acquire("job", Duration.ofMinutes(1));
        }
        store = JdbcStore.sqlite(file, Clocks.of(clock));

        assertEquals(1, store.values("space").get("k").orElseThrow().value()[0]);
        assertFalse(store.queue("work").add("e", new byte[] {3}, clock.now(), "once"));
        assertTrue(store.leases().acquire("job", Duration.ofMinutes(1)).isEmpty());
        assertEquals(
                2, store.queue("work").take(1, Duration.ofMinutes(1)).get(0).payload()[0]);
    }

    @Test
    void X44_fileThatIsNoDatabase_isRefusedAndLeftAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.db"), "these are notes, not a database, ".repeat(100));
        byte[] before = Files.readAllBytes(file);

        assertThrows(StoreException.class, () -> JdbcStore.sqlite(file, Clocks.of(clock)));

        assertArrayEquals(before, Files.readAllBytes(file));
        Path nowhere = folder.resolve("missing/folder.db");
        assertThrows(StoreException.class, () -> JdbcStore.sqlite(nowhere, Clocks.of(clock)));
    }

    @Test
    void closed_sqliteOrMemory_refusesWorkAndClosesTwice() {
        for (StoreForms form : List.of(StoreForms.MEMORY, StoreForms.SQLITE)) {
            Store closed = form.open(Clocks.of(clock), folder);
            closed.close();
            closed.close();
            assertThrows(RuntimeException.class, () -> closed.values("space").get("k"));
            assertThrows(RuntimeException.class, () -> closed.atomically(inside -> true));
        }
        Store postgres = StoreForms.POSTGRESQL.open(Clocks.of(clock), folder);
        assertThrows(
                IllegalStateException.class,
                () -> postgres.atomically(inside -> {
                    inside.close();
                    return true;
                }));
        postgres.close();
        postgres.close();
    }

    @Test
    void printed_itemsAndValues_showNothingOfTheirContent() {
        Leaks.printed(new QueueItem(
                1,
                Canary.phone(),
                Canary.text().getBytes(StandardCharsets.UTF_8),
                0,
                0,
                clock.now(),
                clock.now(),
                Canary.text()));
        String text = new Versioned("k", Canary.text().getBytes(StandardCharsets.UTF_8), 1, null).toString();
        Leaks.printed(text);
        assertNotEquals("", text);
    }

    private static int rows(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            return rows(connection);
        }
    }

    private static int rows(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM trunkline_values")) {
            count.next();
            return count.getInt(1);
        }
    }
}
