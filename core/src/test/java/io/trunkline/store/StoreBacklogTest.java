package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A queue in which a day's events wait. Without an index by age each taking looked at all of them: of 30,000 it took a fifth
 * of a second, and this class could not end in its time.
 */
@Timeout(60)
final class StoreBacklogTest {

    private static final int WAITING = 30_000;
    private static final int ENTITIES = 40;
    private static final int TAKEN = 1_000;
    private static final Duration VISIBILITY = Duration.ofMinutes(1);

    private final VirtualClock clock = VirtualClock.single();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void take_oneByOneOfALongBacklog_doesNotLookAtAllThatWaits(StoreForms form) {
        try (Store store = form.open(Clocks.of(clock), folder)) {
            store.atomically(inside -> {
                OrderedQueue filled = inside.queue("calls");
                for (int i = 0; i < WAITING; i++) {
                    filled.add("entity " + i % ENTITIES, new byte[] {(byte) i}, clock.now(), null);
                }
                return true;
            });
            // In one transaction, which spares what a transaction costs: what a taking looks at is the question.
            store.atomically(inside -> {
                OrderedQueue queue = inside.queue("calls");
                for (int i = 0; i < TAKEN; i++) {
                    List<QueueItem> oldest = queue.take(1, VISIBILITY);
                    assertEquals("entity " + i % ENTITIES, oldest.get(0).entity());
                    assertTrue(queue.done(oldest.get(0)));
                }
                return true;
            });

            assertEquals(WAITING - TAKEN, store.queue("calls").counts().pending());
        }
    }
}
