package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class SyncRunnerTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final ListFeed feed = new ListFeed(clock.now());
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(store, time);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_twice_writesEverythingOnceAndThenWhatChanged(boolean keepsCursors) {
        fill(25, 3);
        SyncJob job = job(keepsCursors).into(() -> new MemorySink(table, keepsCursors));

        SyncReport first = runner.run(job);
        feed.put("r7", clock.now(), Map.of("name", "new"));
        SyncReport second = runner.run(job);

        assertEquals(State.COMPLETED, first.state(), first.problem());
        assertEquals(new SyncReport.Counts(25, 25, 0, 0), first.counts());
        assertEquals(new SyncReport.Counts(1, 1, 0, 0), second.counts());
        assertSame();
        assertEquals(Set.of(Lane.BULK), Set.copyOf(feed.lanes));
        assertEquals(Optional.of(second), runner.report("contacts"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void X47_runThatDiesAtAnyWrite_isGoneOnWithFromItsCheckpoint(boolean keepsCursors) {
        fill(40, 4);
        SyncJob job = job(keepsCursors).into(() -> new MemorySink(table, keepsCursors));
        for (int write = 1; write <= 12; write++) {
            for (boolean after : List.of(true, false)) {
                table.rows.clear();
                table.batches.clear();
                table.failBefore = after ? -1 : write;
                table.failAfter = after ? write : -1;
                runner.restart("contacts");

                SyncReport failed = runner.run(job);
                SyncReport resumed = runner.run(job);

                boolean died = failed.state() == State.FAILED;
                assertEquals(write <= 8, died);
                assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
                assertSame();
                assertTrue(table.batches.size() <= 8 + 2, "pages were read again: " + table.batches.size());
            }
        }
    }

    @Test
    void X49_tenThousandRecordsOfOneTime_areAllWritten() {
        for (int i = 0; i < 10_000; i++) {
            feed.put("t" + i, clock.now(), Map.of("n", i));
        }

        SyncReport report = runner.run(
                SyncJob.named("ties").from(feed, ListFeed.TYPE).batch(1000).into(() -> new MemorySink(table, true)));

        assertEquals(10_000, report.counts().written());
        assertSame();
    }

    @Test
    void X48_poisonedRecords_arePutAsideAndTheOthersGoOn() {
        fill(300, 1);
        table.refuses = "r5";
        String phone = Canary.phone();
        SyncJob job = job(true)
                .transform(record -> {
                    if (record.ref().id().equals("r9")) {
                        throw new PoisonException("name is not a name");
                    }
                    if (record.ref().id().equals("r10")) {
                        throw new IllegalArgumentException("phone " + phone + " is none");
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));

        SyncReport report = runner.run(job);

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals(new SyncReport.Counts(300, 297, 0, 3), report.counts());
        Map<String, String> reasons = new TreeMap<>();
        runner.dead("contacts", 10)
                .forEach(dead -> reasons.put(dead.record().ref().id(), dead.reason()));
        assertEquals(Set.of("r5", "r9", "r10"), reasons.keySet());
        assertEquals("name is not a name", reasons.get("r9"));
        assertFalse(String.valueOf(reasons.get("r10")).contains(phone));
    }

    @Test
    void X48_tooManyPoisonedRecords_endTheRunWithoutLosingThem() {
        fill(1000, 1);
        SyncJob job = job(true)
                .batch(100)
                .transform(record -> {
                    throw new PoisonException("all are bad today");
                })
                .into(() -> new MemorySink(table, true));

        SyncReport report = runner.run(job);

        assertEquals(State.FAILED, report.state());
        assertTrue(report.problem().contains("too many records"), report.problem());
        assertEquals(report.counts().dead(), runner.dead("contacts", 2000).size());
    }

    @Test
    void replayAndDrop_recordsPutAside_areWrittenOnceOrGone() {
        fill(3, 1);
        table.refuses = "r1";
        SyncJob job = job(true).into(() -> new MemorySink(table, true));
        runner.run(job);

        assertThrows(PoisonException.class, () -> runner.replay(job, "r1"));
        table.refuses = "";
        assertTrue(runner.replay(job, "r1"));
        assertFalse(runner.replay(job, "r1"));
        assertFalse(runner.drop("contacts", "r1"));

        assertSame();
        assertEquals(0, runner.run(job).counts().read());
    }

    @Test
    void run_newerStateOfARecordPutAside_takesItsPlace() {
        fill(3, 1);
        boolean[] bad = {true};
        SyncJob job = job(true)
                .transform(record -> {
                    if (bad[0] && record.ref().id().equals("r1")) {
                        throw new PoisonException("not yet");
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));
        runner.run(job);
        bad[0] = false;
        feed.put("r1", clock.now(), Map.of("name", "newer"));

        runner.run(job);

        assertFalse(runner.replay(job, "r1"));
        assertSame();
    }

    @Test
    void X52_jobThatRunsElsewhere_isLeftAlone() {
        fill(3, 1);
        try (Lease other =
                store.leases().acquire("sync.contacts", Duration.ofMinutes(5)).orElseThrow()) {
            assertEquals(State.ELSEWHERE, run(true).state());
            assertTrue(other.held());
        }

        assertEquals(State.COMPLETED, run(true).state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void X52_runThatOverslept_cannotCommit(boolean keepsCursors) {
        fill(20, 1);
        SyncRunner other = new SyncRunner(store, time);
        boolean[] first = {true};
        SyncJob job = job(keepsCursors)
                .transform(record -> {
                    if (first[0]) {
                        first[0] = false;
                        clock.advance(Duration.ofMinutes(6));
                        assertEquals(
                                State.COMPLETED,
                                other.run(job(keepsCursors).into(() -> new MemorySink(table, keepsCursors)))
                                        .state());
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, keepsCursors));

        SyncReport late = runner.run(job);

        assertEquals(State.FAILED, late.state());
        assertSame();
        assertEquals(0, run(keepsCursors).counts().read());
    }

    @Test
    void X50_cursorOfTheFuture_isRefused() {
        fill(3, 1);
        ListFeed later = new ListFeed(clock.now().plus(Duration.ofDays(400)));
        later.put("x", clock.now().plus(Duration.ofDays(365)), Map.of());
        runner.run(SyncJob.named("contacts").from(later, ListFeed.TYPE).into(() -> new MemorySink(table, true)));

        SyncReport report = run(true);

        assertEquals(State.FAILED, report.state());
        assertTrue(report.problem().contains("future"), report.problem());
    }

    @Test
    void X53_fieldsThatChange_areReportedAndNotCoerced() {
        feed.put("a", clock.now(), Map.of("name", "Ann", "age", 30L, "old", true));
        run(true);
        feed.put("a", clock.now().plusSeconds(1), Map.of("name", "Ann", "age", "thirty", "tags", List.of("x")));

        SyncReport report = run(true);

        assertEquals(
                List.of("field age was a number and is a text", "field old is gone", "field tags is new: a list"),
                report.drift());
        assertEquals("thirty", table.rows.get("a").fields().get("age"));
        assertEquals(List.of(), run(true).drift());
    }

    @Test
    void X54_pausedJob_stopsAtThePageAndGoesOnWhenResumed() {
        fill(40, 1);
        boolean[] pause = {true};
        SyncJob job = job(true)
                .transform(record -> {
                    if (pause[0] && record.ref().id().equals("r12")) {
                        runner.pause("contacts");
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));

        SyncReport stopped = runner.run(job);
        SyncReport refused = runner.run(job);
        pause[0] = false;
        runner.resume("contacts");
        SyncReport resumed = runner.run(job);

        assertEquals(State.STOPPED, stopped.state());
        assertTrue(stopped.counts().read() < 40);
        assertEquals(State.STOPPED, refused.state());
        assertEquals(40, stopped.counts().read() + resumed.counts().read());
        assertSame();
    }

    @Test
    void run_feedThatGoesInACircle_fails() {
        ChangePage same = new ChangePage(List.of(), new SyncCursor("same"), true);
        SyncJob job = SyncJob.named("circle").from(new FixedFeed(same), "T").into(() -> new MemorySink(table, true));

        assertTrue(runner.run(job).problem().contains("circle"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void full_recordsThatAreGone_areRemovedAndUnchangedOnesLeft(boolean keepsCursors) {
        fill(20, 1);
        SyncJob job = job(keepsCursors).mode(SyncMode.FULL).into(() -> new MemorySink(table, keepsCursors));
        runner.run(job);
        feed.remove("r3");
        feed.remove("r19");
        feed.put("r4", clock.now(), Map.of("name", "changed"));

        SyncReport report = runner.run(job);

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals(17, report.counts().skipped());
        assertEquals(3, report.counts().written());
        assertSame();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void full_diesAtAnyWrite_nothingThatIsThereIsTakenForGone(boolean keepsCursors) {
        fill(30, 1);
        SyncJob job = job(keepsCursors).mode(SyncMode.FULL).into(() -> new MemorySink(table, keepsCursors));
        runner.run(job);
        for (int write = 1; write <= 9; write++) {
            feed.remove("r" + write);
            feed.put("r" + (write + 10), clock.now(), Map.of("name", "again " + write));
            table.failAfter = table.batches.size() + write;

            runner.run(job);
            table.failAfter = -1;
            SyncReport resumed = runner.run(job);

            assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
            // A change that came while the run was interrupted is seen by the next whole run.
            runner.run(job);
            assertSame();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void full_restartedForALostTarget_writesEverythingAgain(boolean keepsCursors) {
        fill(20, 1);
        SyncJob job = job(keepsCursors).mode(SyncMode.FULL).into(() -> new MemorySink(table, keepsCursors));
        runner.run(job);
        table.rows.clear();
        table.cursors.clear();
        feed.remove("r3");
        runner.restart("contacts");
        table.failAfter = table.batches.size() + 2;

        SyncReport failed = runner.run(job);
        table.failAfter = -1;
        runner.run(job);
        SyncReport then = runner.run(job);

        assertEquals(State.FAILED, failed.state());
        assertSame();
        assertEquals(new SyncReport.Counts(19, 0, 19, 0), then.counts());
    }

    @Test
    void job_wrongParts_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> SyncJob.named("Contacts!"));
        assertThrows(IllegalArgumentException.class, () -> SyncJob.named("a").from(feed, "Other"));
        assertThrows(IllegalArgumentException.class, () -> SyncJob.named("a").batch(0));
        assertThrows(NullPointerException.class, () -> SyncJob.named("a").into(() -> new MemorySink(table, true)));
    }

    private SyncReport run(boolean keepsCursors) {
        return runner.run(job(keepsCursors).into(() -> new MemorySink(table, keepsCursors)));
    }

    private SyncJob.Builder job(boolean keepsCursors) {
        assertTrue(keepsCursors || table.cursors.isEmpty());
        return SyncJob.named("contacts").from(feed, ListFeed.TYPE).batch(5);
    }

    /** Records whose times are shared by so many. */
    private void fill(int records, int ofOneTime) {
        for (int i = 0; i < records; i++) {
            Instant at = clock.now().minusSeconds(1000 - i / ofOneTime);
            feed.put("r" + i, at, Map.of("name", "n" + i));
        }
    }

    private void assertSame() {
        assertEquals(feed.records, table.rows);
    }
}
