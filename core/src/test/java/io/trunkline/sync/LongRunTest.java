package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run writes down of itself while page follows page: as often as it matters, and no more. */
@Timeout(120)
final class LongRunTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final ListFeed feed = new ListFeed(clock.now());
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(store, time);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 20; i++) {
            feed.put("r" + i, clock.now().minusSeconds(100 - i), Map.of("name", "n" + i));
        }
    }

    @Test
    void run_longerThanItsLease_holdsItAndSaysHowFarItIs() {
        Set<Long> told = toldOfPages(Duration.ofSeconds(50));

        assertEquals(Set.of(5L, 10L, 15L), told);
    }

    @Test
    void report_pagesWithinASecond_isNotWrittenAgain() {
        Set<Long> told = toldOfPages(Duration.ofMillis(1));

        assertEquals(Set.of(5L), told);
    }

    /** What the report says of records read, asked at each record of which each takes some time. */
    private Set<Long> toldOfPages(Duration each) {
        Set<Long> told = new TreeSet<>();
        SyncJob job = SyncJob.named("contacts")
                .from(feed, ListFeed.TYPE)
                .batch(5)
                .transform(record -> {
                    clock.advance(each);
                    assertEquals(Optional.empty(), store.leases().acquire("sync.contacts", Duration.ofMinutes(5)));
                    runner.report("contacts")
                            .ifPresent(report -> told.add(report.counts().read()));
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));
        SyncReport report = runner.run(job);
        assertEquals(20, report.counts().read(), report.problem());
        return told;
    }
}
