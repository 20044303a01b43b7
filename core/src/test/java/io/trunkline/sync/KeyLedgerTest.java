package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.value.TimeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a full run takes for changed. */
@Timeout(120)
final class KeyLedgerTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final ListFeed feed = new ListFeed(clock.now());
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(Store.inMemory(time), time);
    private final SyncJob job = SyncJob.named("contacts")
            .from(feed, ListFeed.TYPE)
            .mode(SyncMode.FULL)
            .into(() -> new MemorySink(table, true));

    @Test
    void run_objectsInAnotherOrderOrOthersInThem_areTheSameOrNot() {
        enter(object("id", 7L, "name", "Ann"), List.of(object("id", 1L, "values", List.of("a", "b"))));
        assertEquals(new Counts(1, 1, 0, 0), runner.run(job).counts());

        enter(object("name", "Ann", "id", 7L), List.of(object("values", List.of("a", "b"), "id", 1L)));
        assertEquals(new Counts(1, 0, 1, 0), runner.run(job).counts(), "the same in another order");

        enter(object("name", "Ann", "id", 7L), List.of(object("values", List.of("b", "a"), "id", 1L)));
        assertEquals(new Counts(1, 1, 0, 0), runner.run(job).counts(), "a list in another order is another list");
    }

    private void enter(Map<String, Object> owner, List<Map<String, Object>> lists) {
        feed.put("r", clock.now(), Map.of("owner", owner, "lists", lists));
    }

    private static Map<String, Object> object(String first, Object one, String second, Object other) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(first, one);
        object.put(second, other);
        return object;
    }
}
