package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a feed, read side by side. */
@Timeout(60)
final class PartitionsTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final PartedFeed feed = new PartedFeed(clock.now(), "a", "b", "c");
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(store, time);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_partsSideBySide_areReadAtOnceWithOneReport(boolean keepsCursors) {
        fill(20);
        CyclicBarrier together = new CyclicBarrier(3);
        feed.beforeRead = part -> {
            if (feed.reads.get(part) == 1) {
                meet(together);
            }
        };

        SyncReport first = runner.run(job(keepsCursors, 3));
        feed.parts.get("b").put("b3", clock.now(), Map.of("name", "new"));
        SyncReport second = runner.run(job(keepsCursors, 3));

        assertEquals(State.COMPLETED, first.state(), first.problem());
        assertEquals(new SyncReport.Counts(60, 60, 0, 0), first.counts());
        assertEquals(new SyncReport.Counts(1, 1, 0, 0), second.counts());
        assertEquals(feed.records(), table.rows);
        assertEquals(Set.of(Lane.BULK), Set.copyOf(feed.lanes));
        assertEquals(second, runner.report("contacts").orElseThrow());
        if (keepsCursors) {
            assertEquals(Set.of("contacts.a", "contacts.b", "contacts.c"), table.cursors.keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_oneAtOnce_readsPartAfterPart(boolean keepsCursors) {
        fill(20);
        StringBuilder order = new StringBuilder();
        feed.beforeRead = order::append;

        SyncReport report = runner.run(job(keepsCursors, 1));

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals("aaaabbbbcccc", order.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_partThatFails_losesNeitherItsOwnProgressNorTheOthers(boolean keepsCursors) {
        fill(20);
        feed.beforeRead = part -> {
            if (part.equals("b") && feed.reads.get("b") == 3) {
                throw new IllegalStateException("the platform is down");
            }
        };

        SyncReport failed = runner.run(job(keepsCursors, 3));
        Map<String, Integer> before = Map.copyOf(feed.reads);
        SyncReport resumed = runner.run(job(keepsCursors, 3));

        assertEquals(State.FAILED, failed.state());
        assertEquals("part b: IllegalStateException: the platform is down", failed.problem());
        assertEquals(new SyncReport.Counts(50, 50, 0, 0), failed.counts());
        assertEquals(Map.of("a", 4, "b", 3, "c", 4), before);
        assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
        assertEquals(new SyncReport.Counts(10, 10, 0, 0), resumed.counts());
        assertEquals(feed.records(), table.rows);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void close_inTheMiddle_stopsAllPartsAtACheckpoint(boolean keepsCursors) {
        fill(20);
        CyclicBarrier together = new CyclicBarrier(3, runner::close);
        feed.beforeRead = part -> {
            if (feed.reads.get(part) == 2) {
                meet(together);
            }
        };

        SyncReport stopped = runner.run(job(keepsCursors, 3));
        feed.beforeRead = part -> {};
        SyncReport ended = new SyncRunner(store, time).run(job(keepsCursors, 3));

        assertEquals(State.STOPPED, stopped.state());
        assertEquals(new SyncReport.Counts(30, 30, 0, 0), stopped.counts());
        assertEquals(State.COMPLETED, ended.state(), ended.problem());
        assertEquals(new SyncReport.Counts(30, 30, 0, 0), ended.counts());
        assertEquals(feed.records(), table.rows);
    }

    @Test
    void run_callerInterrupted_stopsAtACheckpointAndStaysInterrupted() throws Exception {
        fill(20);
        AtomicReference<SyncReport> report = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>(false);
        Thread caller = new Thread(() -> {
            report.set(runner.run(job(true, 3)));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        CyclicBarrier together = new CyclicBarrier(3, caller::interrupt);
        CountDownLatch heard = new CountDownLatch(1);
        feed.beforeRead = part -> {
            if (feed.reads.get(part) == 2) {
                meet(together);
                while (caller.isInterrupted()) {
                    Thread.onSpinWait();
                }
                heard.countDown();
            }
        };

        caller.start();
        caller.join(30_000);

        assertTrue(heard.await(1, TimeUnit.SECONDS) && stillInterrupted.get());
        assertEquals(State.STOPPED, report.get().state());
        assertTrue(report.get().counts().read() < 60);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void X52_runThatOverslept_writesNoPartOfItsOwn(boolean keepsCursors) throws Exception {
        fill(20);
        CyclicBarrier asleep = new CyclicBarrier(4);
        CountDownLatch awake = new CountDownLatch(1);
        feed.beforeRead = part -> {
            if (feed.reads.get(part) == 2) {
                meet(asleep);
                await(awake);
            }
        };
        AtomicReference<SyncReport> late = new AtomicReference<>();
        Thread sleeper = new Thread(() -> late.set(runner.run(job(keepsCursors, 3))));
        sleeper.start();
        meet(asleep);
        clock.advance(Duration.ofMinutes(6));
        SyncReport other = new SyncRunner(store, time).run(job(keepsCursors, 3));
        int batches = table.batches.size();

        awake.countDown();
        sleeper.join(30_000);

        assertEquals(State.COMPLETED, other.state(), other.problem());
        assertEquals(State.FAILED, late.get().state());
        assertEquals(feed.records(), table.rows);
        assertEquals(
                batches + (keepsCursors ? 3 : 0),
                table.batches.size(),
                "only a sink with a fence of its own may be asked, and it refuses");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restart_jobInParts_beginsWithEachOnce(boolean keepsCursors) {
        fill(20);
        runner.run(job(keepsCursors, 3));
        runner.restart("contacts");

        SyncReport again = runner.run(job(keepsCursors, 3));
        SyncReport then = runner.run(job(keepsCursors, 3));

        assertEquals(60, again.counts().read());
        assertEquals(0, then.counts().read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restart_fullJobInParts_writesEverythingAgain(boolean keepsCursors) {
        fill(20);
        runner.run(full(keepsCursors));
        table.rows.clear();
        table.cursors.clear();
        runner.restart("contacts");

        runner.run(full(keepsCursors));

        assertEquals(feed.records(), table.rows);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void full_recordsThatAreGone_areRemovedFromCompletePartsAlone(boolean keepsCursors) {
        fill(20);
        runner.run(full(keepsCursors));
        feed.parts.get("a").remove("a1");
        feed.parts.get("b").remove("b1");
        feed.reads.clear();
        feed.beforeRead = part -> {
            if (part.equals("b") && feed.reads.get("b") == 3) {
                throw new IllegalStateException("the platform is down");
            }
        };

        SyncReport failed = runner.run(full(keepsCursors));
        Set<String> between = Set.copyOf(table.rows.keySet());
        SyncReport resumed = runner.run(full(keepsCursors));

        assertEquals(State.FAILED, failed.state());
        assertTrue(!between.contains("a1") && between.contains("b1") && between.size() == 59);
        assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
        assertEquals(feed.records(), table.rows);
    }

    @Test
    void X48_tooManyPoisonedRecordsOfAllParts_endTheRun() {
        fill(20);
        SyncJob job = SyncJob.named("contacts")
                .from(feed, ListFeed.TYPE)
                .sideBySide(3)
                .batch(5)
                .poison(new PoisonLimit(6, 100))
                .transform(record -> {
                    throw new PoisonException("nothing fits");
                })
                .into(() -> new MemorySink(table, true));

        SyncReport report = runner.run(job);

        assertEquals(State.FAILED, report.state());
        assertTrue(report.counts().dead() < 60, "the run went on with " + report.counts());
    }

    @Test
    void run_feedWithoutParts_isReadAsOne() {
        ListFeed whole = new ListFeed(clock.now());
        whole.put("r1", clock.now(), Map.of("name", "n"));
        SyncJob job = SyncJob.named("contacts")
                .from(whole, ListFeed.TYPE)
                .sideBySide(4)
                .into(() -> new MemorySink(table, true));

        assertEquals(1, runner.run(job).counts().written());
        assertEquals(Set.of("contacts"), table.cursors.keySet());
    }

    @Test
    void partitions_wrongNamesOrNone_areRefused() {
        for (String name : List.of("", "A", "-a", "a.b", "thirteen-long")) {
            assertThrows(IllegalArgumentException.class, () -> new FeedPartition(name, feed), name);
        }
        assertThrows(IllegalArgumentException.class, () -> SyncJob.named("a").sideBySide(0));
        assertThrows(IllegalArgumentException.class, () -> SyncJob.named("a").sideBySide(17));
        feed.parts.clear();

        assertEquals(State.FAILED, runner.run(job(true, 3)).state());
    }

    private SyncJob job(boolean keepsCursors, int atOnce) {
        return builder(atOnce).into(() -> new MemorySink(table, keepsCursors));
    }

    private SyncJob full(boolean keepsCursors) {
        return builder(3).mode(SyncMode.FULL).into(() -> new MemorySink(table, keepsCursors));
    }

    private SyncJob.Builder builder(int atOnce) {
        return SyncJob.named("contacts")
                .from(feed, ListFeed.TYPE)
                .sideBySide(atOnce)
                .batch(5);
    }

    private void fill(int each) {
        feed.parts.forEach((name, part) -> {
            for (int i = 0; i < each; i++) {
                part.put(name + i, clock.now().minusSeconds(1000 - i), Map.of("name", name));
            }
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
