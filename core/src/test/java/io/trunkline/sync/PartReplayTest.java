package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a part that were put aside, tried once more. */
@Timeout(60)
final class PartReplayTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final PartedFeed feed = new PartedFeed(clock.now(), "a", "b");
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(store, time);
    private boolean poisoned = true;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replay_recordOfASecondPart_isWrittenInThatPartsStream(boolean keepsCursors) {
        putOne("b");
        feed.beforeRead = part -> down(part.equals("a"));
        runner.run(job(keepsCursors));
        poisoned = false;

        assertTrue(runner.replay(job(keepsCursors), "b1"));

        assertEquals(feed.records(), table.rows);
        assertEquals("contacts.b", table.batches.get(table.batches.size() - 1).stream());
        assertEquals(List.of(), runner.dead("contacts", 10));
    }

    @Test
    void replayInNextRun_partThatHasWrittenNothing_holdsUpNoOther() {
        putOne("a");
        putOne("b");
        table.failBefore = 1;
        runner.run(job(true));
        poisoned = false;
        runner.replayInNextRun("contacts", "a1");
        runner.replayInNextRun("contacts", "b1");
        feed.beforeRead = part -> down(true);

        runner.run(job(true));

        assertEquals(Set.of("b1"), table.rows.keySet());
        assertEquals(1, runner.dead("contacts", 10).size());
    }

    @Test
    void replay_recordOfAPartThatIsNotReadAnyMore_isRefused() {
        putOne("b");
        runner.run(job(true));
        poisoned = false;
        feed.parts.remove("b");

        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> runner.replay(job(true), "b1"));

        assertTrue(String.valueOf(refused.getMessage()).contains("part b"), refused.getMessage());
        assertEquals("b", runner.dead("contacts", 10).get(0).part());
    }

    @Test
    void X52_olderRunOfAPartThatWakesDuringAReplay_hasNoNewerStateUndone() throws Exception {
        putOne("b");
        runner.run(job(true));
        poisoned = false;
        feed.put("b", "b1", clock.now());
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        feed.beforeRead = part -> {
            if (part.equals("b")) {
                asleep.countDown();
                await(awake);
            }
        };
        AtomicReference<SyncReport> late = new AtomicReference<>();
        Thread older = new Thread(() -> late.set(runner.run(job(true))));
        older.start();
        await(asleep);
        clock.advance(Duration.ofMinutes(6));

        boolean replayed = new SyncRunner(store, time).replay(during(awake, older), "b1");
        feed.beforeRead = part -> {};
        runner.run(job(true));

        assertTrue(replayed);
        assertEquals(State.FAILED, late.get().state());
        assertEquals(feed.records(), table.rows);
    }

    /** The job, in whose replay an older run wakes and goes on as far as it can. */
    private SyncJob during(CountDownLatch awake, Thread older) {
        return builder()
                .transform(record -> {
                    awake.countDown();
                    join(older);
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));
    }

    private SyncJob job(boolean keepsCursors) {
        return builder()
                .transform(record -> {
                    if (poisoned) {
                        throw new PoisonException("not yet");
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, keepsCursors));
    }

    private SyncJob.Builder builder() {
        return SyncJob.named("contacts").from(feed, ListFeed.TYPE).sideBySide(1);
    }

    private void putOne(String part) {
        feed.put(part, part + "1", clock.now().minusSeconds(10));
    }

    private static void down(boolean down) {
        if (down) {
            throw new IllegalStateException("the platform is down");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
