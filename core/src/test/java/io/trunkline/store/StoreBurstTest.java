package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A burst that a database has no statistics of yet. */
@Timeout(180)
final class StoreBurstTest {

    private static final int ITEMS = 8_000;
    private static final int ENTITIES = 200;
    private static final int TAKES = 10;

    @TempDir
    private Path folder;

    /** Comparing each item with each took more than three seconds a take on an idle machine; looking each up, 20 ms. */
    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void take_fromThousandsJustAdded_doesNotCompareEachWithEach(StoreForms form) {
        try (Store store = form.open(Clocks.of(VirtualClock.single()), folder)) {
            store.atomically(inside -> {
                OrderedQueue queue = inside.queue("burst");
                for (int i = 0; i < ITEMS; i++) {
                    queue.add("e" + i % ENTITIES, new byte[64], Instant.EPOCH, null);
                }
                return true;
            });
            List<String> taken = new ArrayList<>();

            assertTimeout(Duration.ofSeconds(15), () -> {
                for (int i = 0; i < TAKES; i++) {
                    store.queue("burst").take(1, Duration.ofMinutes(5)).forEach(item -> taken.add(item.entity()));
                }
            });

            assertEquals(List.of("e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9"), taken);
        }
    }
}
