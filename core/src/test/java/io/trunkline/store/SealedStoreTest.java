package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.resilience.Clocks;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a sealed store does: nothing readable at rest, nothing that can be moved, changed or opened by others. */
@Timeout(60)
final class SealedStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);

    @TempDir
    private Path folder;

    private JdbcStore plain;

    private SealedStore sealed() {
        plain = JdbcStore.sqlite(folder.resolve("store.db"), time);
        return SealedStore.over(plain, Keys.cipher(1));
    }

    @AfterEach
    void close() {
        if (plain != null) {
            plain.close();
        }
    }

    @Test
    void T52_fileWithPersonalData_holdsNoneOfThemReadable() throws Exception {
        String phone = Canary.phone();
        String text = Canary.text();
        String reason = Canary.text();
        try (Store store = sealed()) {
            fill(store, phone, text, reason);
        }

        String bytes = bytes();

        List.of(phone, phone.substring(1), text, reason).forEach(each -> assertFalse(bytes.contains(each)));
    }

    /** The control: without sealing all of it is found. */
    @Test
    void T52_fileThatIsNotSealed_isCaught() throws Exception {
        String phone = Canary.phone();
        String text = Canary.text();
        String reason = Canary.text();
        try (Store store = JdbcStore.sqlite(folder.resolve("store.db"), time)) {
            fill(store, phone, text, reason);
        }

        String bytes = bytes();

        List.of(phone, text, reason).forEach(each -> assertTrue(bytes.contains(each)));
    }

    @Test
    void S5_valueAtAnotherKeyOrSpace_isRefused() throws Exception {
        Store store = sealed();
        store.values("one").put("a", new byte[] {1}, Values.ABSENT, null);
        store.values("one").put("b", new byte[] {2}, Values.ABSENT, null);
        store.values("two").put("a", new byte[] {3}, Values.ABSENT, null);
        change("UPDATE trunkline_values SET content = (SELECT content FROM trunkline_values WHERE space = 'two')"
                + " WHERE space = 'one'");

        for (String key : List.of("a", "b")) {
            Leaks.saw(assertThrows(
                    SecurityPolicyException.class, () -> store.values("one").get(key)));
        }
        assertThrows(SecurityPolicyException.class, () -> store.values("one").list("", Optional.empty(), 9));
        assertEquals(3, store.values("two").get("a").orElseThrow().value()[0]);
    }

    @Test
    void S5_valueWithAnyBitChanged_isRefused() throws Exception {
        Store store = sealed();
        store.values("one").put("a", new byte[] {1}, Values.ABSENT, null);
        Values beneath = plain.values("one");
        Versioned stored = beneath.list("", Optional.empty(), 1).items().get(0);
        long version = stored.version();
        for (int bit = 0; bit < stored.value().length * 8; bit++) {
            byte[] changed = stored.value().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            beneath.put(stored.key(), changed, version++, null);

            assertThrows(
                    SecurityPolicyException.class, () -> store.values("one").get("a"), "bit " + bit);
        }
        beneath.put(stored.key(), stored.value(), version, null);
        assertEquals(1, store.values("one").get("a").orElseThrow().value()[0]);
    }

    @Test
    void S5_itemOfAnotherQueueOrEntity_isPutAsideAndTheOthersGoOn() throws Exception {
        Store store = sealed();
        store.queue("work").add("e", new byte[] {1}, clock.now(), null);
        store.queue("work").add("f", new byte[] {2}, clock.now(), null);
        store.queue("other").add("e", new byte[] {3}, clock.now(), null);
        change("UPDATE trunkline_queue SET payload = (SELECT payload FROM trunkline_queue WHERE queue = 'other')"
                + " WHERE id = 1");

        List<QueueItem> taken = store.queue("work").take(1, MINUTE);

        assertEquals(List.of("f"), taken.stream().map(QueueItem::entity).toList());
        QueueItem dead =
                store.queue("work").deadLetters(Optional.empty(), 9).items().get(0);
        assertEquals(0, dead.payload().length);
        assertTrue(dead.reason().contains("cannot be opened"), dead.reason());
        assertTrue(store.queue("work").drop(dead.id()));
    }

    @Test
    void T52_openedWithAnotherKey_isRefusedAtOnce() {
        sealed().values("one").put("a", new byte[] {1}, Values.ABSENT, null);

        Leaks.saw(assertThrows(SecurityPolicyException.class, () -> SealedStore.over(plain, Keys.cipher(2))));

        Store again = SealedStore.over(plain, Keys.cipher(1));
        assertEquals(1, again.values("one").get("a").orElseThrow().value()[0]);
    }

    @Test
    void over_databaseThatWasNotSealed_isRefusedUntilItIsMigrated() throws Exception {
        String phone = Canary.phone();
        String text = Canary.text();
        plain = JdbcStore.sqlite(folder.resolve("store.db"), time);
        fill(plain, phone, text, text);
        long token =
                plain.leases().acquire("job of " + phone, MINUTE).orElseThrow().token();
        assertThrows(ConfigurationException.class, () -> SealedStore.over(plain, Keys.cipher(1)));

        Store store = SealedStore.migrate(plain, Keys.cipher(1));

        Versioned value = store.values("space").get(phone).orElseThrow();
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), value.value());
        assertEquals(1, value.version());
        QueueItem dead =
                store.queue("work").deadLetters(Optional.empty(), 9).items().get(0);
        assertEquals(List.of(phone, text), List.of(dead.entity(), dead.reason()));
        assertFalse(store.queue("work").add(phone, new byte[0], clock.now(), phone));
        assertTrue(store.leases().acquire("job of " + phone, MINUTE).isEmpty());
        clock.advance(MINUTE);
        assertEquals(
                token + 1,
                store.leases().acquire("job of " + phone, MINUTE).orElseThrow().token());
        String bytes = bytes();
        List.of(phone, text).forEach(each -> assertFalse(bytes.contains(each)));
        SealedStore.migrate(plain, Keys.cipher(1));
        assertTrue(store.values("space").get(phone).isPresent());
    }

    @Test
    void reseal_everything_isReadableAndUnderFreshBytesAndKeepsItsVersions() {
        SealedStore store = sealed();
        for (int i = 0; i < 450; i++) {
            store.values("space").put("k" + i, new byte[] {(byte) i}, Values.ABSENT, null);
            store.queue("work").add("e" + i % 3, new byte[] {(byte) i}, clock.now(), null);
        }
        byte[] before = plain.values("space")
                .list("", Optional.empty(), 1)
                .items()
                .get(0)
                .value();

        assertEquals(0, store.reseal());

        byte[] after = plain.values("space")
                .list("", Optional.empty(), 1)
                .items()
                .get(0)
                .value();
        assertFalse(Arrays.equals(before, after));
        for (int i = 0; i < 450; i++) {
            Versioned value = store.values("space").get("k" + i).orElseThrow();
            assertEquals(List.of((byte) i, 1L), List.of(value.value()[0], value.version()));
        }
        assertEquals(
                List.of("e0", "e1", "e2"),
                store.queue("work").take(9, MINUTE).stream()
                        .map(QueueItem::entity)
                        .toList());
    }

    @Test
    void connection_insideATransaction_isTheDatabases() {
        Store store = sealed();
        boolean open = store.atomically(inside -> {
            try {
                return !JdbcStore.connection(inside).getAutoCommit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertTrue(open);
        assertThrows(
                IllegalStateException.class,
                () -> SealedStore.over(Store.inMemory(time), Keys.cipher(1)).reseal());
    }

    @Test
    void aesGcm_keyOfAnotherForm_isRefusedWithoutRepeatingIt() {
        for (String key : List.of("AAAA", Canary.secret(), "%%%")) {
            Leaks.saw(assertThrows(IllegalArgumentException.class, () -> DataCipher.aesGcm(Secret.of(key))));
        }
        Leaks.printed(sealed());
    }

    private void fill(Store store, String phone, String text, String reason) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        store.values("space").put(phone, content, Values.ABSENT, null);
        store.queue("work").add(phone, content, clock.now(), phone);
        store.queue("work").dead(store.queue("work").take(1, MINUTE).get(0), reason);
        store.queue("work").add(phone, content, clock.now(), null);
        store.leases().acquire(phone, MINUTE);
    }

    private void change(String sql) throws SQLException {
        plain.session().outside(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Of all files, the write-ahead log among them. */
    private String bytes() throws Exception {
        StringBuilder bytes = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toString();
    }
}
