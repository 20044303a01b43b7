package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.error.SecurityPolicyException;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.QueueItem;
import io.trunkline.store.SealedStore;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that outlives its keys: everything is sealed again while others work, and then the old key may go. */
final class RotationTest {

    private final TimeSource time = TimeSource.system();
    private final Keyset first = Keyset.forData();
    private final Keyset both = first.withNewKey().promoted();

    @TempDir
    private Path folder;

    @Test
    void T52_storeSealedAgain_doesWithoutTheOldKey() {
        try (Store store = open(first)) {
            fill(store);
        }
        try (SealedStore store = open(both)) {
            assertEquals(0, store.reseal());
        }

        try (Store store = open(both.withoutOldKeys())) {
            assertEquals(7, store.values("space").get("k").orElseThrow().value()[0]);
            QueueItem dead =
                    store.queue("work").deadLetters(Optional.empty(), 9).items().get(0);
            assertEquals("why", dead.reason());
            assertTrue(store.queue("work").replay(dead.id()));
            assertEquals(
                    "e",
                    store.queue("work").take(1, Duration.ofMinutes(1)).get(0).entity());
        }
    }

    @Test
    void T52_storeNotSealedAgain_isRefusedWithoutTheOldKey() {
        try (Store store = open(first)) {
            fill(store);
        }

        SecurityPolicyException thrown = assertThrows(SecurityPolicyException.class, () -> open(both.withoutOldKeys()));

        assertTrue(thrown.getMessage().contains("put that key back"), thrown.getMessage());
    }

    private SealedStore open(Keyset keyset) {
        JdbcStore store = JdbcStore.sqlite(folder.resolve("store.db"), time);
        try {
            return SealedStore.over(store, TinkCipher.of(keyset));
        } catch (SecurityPolicyException e) {
            store.close();
            throw e;
        }
    }

    private void fill(Store store) {
        store.values("space").put("k", new byte[] {7}, Values.ABSENT, null);
        store.queue("work").add("e", new byte[] {8}, time.now(), null);
        store.queue("work")
                .dead(store.queue("work").take(1, Duration.ofMinutes(1)).get(0), "why");
    }
}
