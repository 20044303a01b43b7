package io.trunkline.sync.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.sync.ListFeed;
import io.trunkline.sync.MemorySink;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On both databases: the clock is moved, nothing sleeps, and runs are counted where their sink is opened. */
@Timeout(120)
final class SyncSchedulesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String AT_TWO = "0 2 * * *";

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final List<Instant> runs = new CopyOnWriteArrayList<>();
    private final List<Runnable> opened = new ArrayList<>();
    private final ListFeed feed = new ListFeed(clock.now());
    private final MemorySink.Table table = new MemorySink.Table();
    private volatile Runnable inRun = () -> {};

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).run();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_atItsTime_runsOnceAndAgainTheNextDay(StoreForms form) {
        SyncSchedules schedules = schedules(store(form), AT_TWO, BERLIN);
        Instant first = Instant.parse("2026-03-02T01:00:00Z");

        assertEquals(first, schedules.next("contacts"));
        until(first.minusSeconds(1), schedules);
        assertEquals(List.of(), runs);
        until(first, schedules);
        until(first.plusSeconds(3600), schedules);
        assertEquals(List.of(first), runs);
        until(first.plus(Duration.ofDays(1)), schedules);

        assertEquals(List.of(first, first.plus(Duration.ofDays(1))), runs);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_nightsWhenClocksChange_runOnceEach(StoreForms form) {
        SyncSchedules schedules = schedules(store(form), "30 2 * * *", BERLIN);
        List<String> nights = new ArrayList<>();
        for (String begin : List.of("2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z")) {
            until(Instant.parse(begin), schedules);
            runs.clear();
            for (int halfHours = 0; halfHours < 3 * 48; halfHours++) {
                clock.advance(Duration.ofMinutes(30));
                schedules.work();
            }
            runs.forEach(run -> nights.add(run.atZone(BERLIN).toString()));
        }

        assertEquals(
                List.of(
                        "2026-03-28T02:30+01:00[Europe/Berlin]",
                        "2026-03-29T03:00+02:00[Europe/Berlin]",
                        "2026-03-30T02:30+02:00[Europe/Berlin]",
                        "2026-10-24T02:30+02:00[Europe/Berlin]",
                        "2026-10-25T02:30+02:00[Europe/Berlin]",
                        "2026-10-26T02:30+01:00[Europe/Berlin]"),
                nights);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_afterDaysOfBeingDown_makesUpForThemOnce(StoreForms form) {
        JdbcStore store = store(form);
        schedules(store, AT_TWO, BERLIN).close();
        clock.advance(Duration.ofDays(5));

        SyncSchedules again = schedules(store, AT_TWO, BERLIN);
        again.work();
        again.work();

        assertEquals(List.of(clock.now()), runs);
        assertEquals(Instant.parse("2026-03-07T01:00:00Z"), again.next("contacts"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void pause_onOneNode_holdsOnAllAndOverRestarts(StoreForms form) {
        JdbcStore store = store(form);
        schedules(store, AT_TWO, BERLIN).close();
        new SyncRunner(store, time).pause("contacts");
        SyncSchedules again = schedules(store, AT_TWO, BERLIN);
        for (int day = 0; day < 3; day++) {
            clock.advance(Duration.ofDays(1));
            again.work();
        }
        assertEquals(List.of(), runs);
        assertFalse(again.runNow("contacts"));
        new SyncRunner(store, time).resume("contacts");
        again.work();
        assertEquals(List.of(), runs);

        clock.advance(Duration.ofDays(1));
        again.work();

        assertEquals(1, runs.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_twoNodesAtOnce_doEachRunOnce(StoreForms form) throws Exception {
        JdbcStore store = store(form);
        List<SyncSchedules> nodes =
                List.of(schedules(store, "0 * * * *", BERLIN), schedules(store, "0 * * * *", BERLIN));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int hour = 1; hour <= 20; hour++) {
                clock.advance(Duration.ofHours(1));
                List<Future<?>> both = new ArrayList<>();
                for (SyncSchedules node : nodes) {
                    both.add(threads.submit(node::work));
                }
                for (Future<?> node : both) {
                    node.get(30, TimeUnit.SECONDS);
                }
                assertEquals(hour, runs.size());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_runThatFails_isTriedAgainLaterAndLaterUntilItSucceeds(StoreForms form) {
        JdbcStore store = store(form);
        SyncSchedules schedules = schedules(store, AT_TWO, BERLIN);
        inRun = () -> {
            throw new IllegalStateException("the table is down");
        };
        until(Instant.parse("2026-03-02T01:00:00Z"), schedules);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            minutes.add(
                    Duration.between(clock.now(), schedules.next("contacts")).toMinutes());
            until(schedules.next("contacts"), schedules);
        }
        SyncSchedules restarted = schedules(store, AT_TWO, BERLIN);
        assertEquals(
                60, Duration.between(clock.now(), restarted.next("contacts")).toMinutes());
        inRun = () -> {};

        until(restarted.next("contacts"), restarted);

        assertEquals(List.of(5L, 10L, 20L, 40L, 60L, 60L), minutes);
        assertEquals(Instant.parse("2026-03-03T01:00:00Z"), restarted.next("contacts"));
        assertEquals(8, runs.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void build_otherTimesThanBefore_holdFromNowOn(StoreForms form) {
        JdbcStore store = store(form);
        schedules(store, AT_TWO, BERLIN).close();

        SyncSchedules changed = schedules(store, "0 4 * * *", BERLIN);
        assertEquals(Instant.parse("2026-03-02T03:00:00Z"), changed.next("contacts"));
        SyncSchedules elsewhere = schedules(store, "0 4 * * *", ZoneId.of("Asia/Shanghai"));

        assertEquals(Instant.parse("2026-03-01T20:00:00Z"), elsewhere.next("contacts"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void runNow_betweenTimes_runsOnceAndLeavesTheTimes(StoreForms form) {
        SyncSchedules schedules = schedules(store(form), AT_TWO, BERLIN);

        assertTrue(schedules.runNow("contacts"));
        schedules.work();
        schedules.work();

        assertEquals(List.of(clock.now()), runs);
        assertEquals(Instant.parse("2026-03-02T01:00:00Z"), schedules.next("contacts"));
        assertThrows(IllegalArgumentException.class, () -> schedules.runNow("unknown"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void close_inTheMiddleOfARun_stopsItAtAPageAndTheNextStartGoesOn(StoreForms form) throws Exception {
        JdbcStore store = store(form);
        fill(30);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        inRun = () -> {
            running.countDown();
            await(closing);
        };
        SyncSchedules first = schedules(store, AT_TWO, BERLIN).start(2);
        assertTrue(first.runNow("contacts"));
        await(running);
        assertFalse(first.runNow("contacts"));
        Thread closer = new Thread(first::close);
        closer.start();
        while (closer.getState() == Thread.State.RUNNABLE || closer.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join(30_000);

        SyncReport stopped = new SyncRunner(store, time).report("contacts").orElseThrow();
        assertEquals(SyncReport.State.STOPPED, stopped.state());
        assertTrue(stopped.counts().read() < 30);
        inRun = () -> {};
        SyncSchedules second = schedules(store, AT_TWO, BERLIN);
        second.work();

        SyncReport ended = new SyncRunner(store, time).report("contacts").orElseThrow();
        assertEquals(SyncReport.State.COMPLETED, ended.state(), ended.problem());
        assertEquals(30, stopped.counts().read() + ended.counts().read());
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void work_nodeThatVanishedInARun_isReplacedWhenItsHeartbeatsAreMissed(StoreForms form) throws Exception {
        JdbcStore store = store(form);
        fill(30);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        inRun = () -> {
            inRun = () -> {};
            running.countDown();
            await(awake);
        };
        SyncSchedules vanished = schedules(store, AT_TWO, BERLIN);
        SyncSchedules other = schedules(store, AT_TWO, BERLIN);
        vanished.runNow("contacts");
        Thread asleep = new Thread(vanished::work);
        asleep.start();
        await(running);
        clock.advance(Duration.ofMinutes(4));
        other.work();
        assertEquals(1, runs.size());

        clock.advance(Duration.ofMinutes(4));
        other.work();
        SyncReport ended = new SyncRunner(store, time).report("contacts").orElseThrow();
        awake.countDown();
        asleep.join(30_000);

        assertEquals(SyncReport.State.COMPLETED, ended.state(), ended.problem());
        assertEquals(2, runs.size());
        assertEquals(30, table.rows.size());
        assertEquals(Instant.parse("2026-03-02T01:00:00Z"), other.next("contacts"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void add_whatCannotBe_isRefused(StoreForms form) {
        JdbcStore store = store(form);
        for (String cron : List.of("", "-", "every day", "0 2 * *", "0 25 * * *", "61 2 * * *", "0 0 2 * * *")) {
            SyncSchedules.Builder wrong = SyncSchedules.over(store, time).add(job(), cron, BERLIN);
            assertThrows(IllegalArgumentException.class, wrong::build, cron);
        }
        SyncSchedules.Builder twice = SyncSchedules.over(store, time).add(job(), AT_TWO, BERLIN);

        assertThrows(IllegalArgumentException.class, () -> twice.add(job(), AT_TWO, BERLIN));
        SyncSchedules closed = twice.build();
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.start(1));
    }

    private SyncSchedules schedules(JdbcStore store, String cron, ZoneId zone) {
        SyncSchedules schedules =
                SyncSchedules.over(store, time).add(job(), cron, zone).build();
        opened.add(schedules::close);
        return schedules;
    }

    private SyncJob job() {
        return SyncJob.named("contacts").from(feed, ListFeed.TYPE).batch(10).into(this::sink);
    }

    private Sink sink() {
        runs.add(clock.now());
        inRun.run();
        return new MemorySink(table, true);
    }

    private void fill(int records) {
        for (int i = 0; i < records; i++) {
            feed.put("r" + i, clock.now().minusSeconds(i), Map.of("name", "n" + i));
        }
    }

    private void until(Instant instant, SyncSchedules schedules) {
        clock.advance(Duration.between(clock.now(), instant));
        schedules.work();
    }

    private JdbcStore store(StoreForms form) {
        Store store = form.open(time, folder);
        opened.add(store::close);
        return (JdbcStore) store;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
