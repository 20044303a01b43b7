package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put aside, and when: before anybody could pass it over. */
final class SyncPutAsideTest {

    private static final String JOB = "contacts";

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(store, time);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void X48_recordThatTheTargetRefuses_isPutAsideAsThePlatformGaveIt(boolean keepsCursors) {
        table.refuses = "r1";
        SyncJob job = job(page(state("r1", 1), state("r2", 2)), keepsCursors);

        SyncReport report = runner.run(job);
        table.refuses = "";
        boolean replayed = runner.replay(job, "r1");

        assertEquals(new Counts(2, 1, 0, 1), report.counts());
        assertTrue(replayed);
        assertEquals(Map.of("renamed", 1L), row("r1"));
        assertEquals(Map.of("renamed", 2L), row("r2"));
        assertEquals(0, runner.run(job).counts().dead());
    }

    @Test
    void X48_targetThatKeepsCursorsAndRefuses_isGivenTheOthersWhenTheRecordIsSafe() {
        table.refuses = "r1";
        table.failBefore = 2;

        runner.run(job(page(state("r1", 1), state("r2", 2)), true));

        assertEquals(1, runner.dead(JOB, 10).size());
        assertTrue(table.rows.isEmpty());
        assertTrue(table.cursors.isEmpty());
    }

    @Test
    void X48_goodAndThenPoisonedStateInOnePage_isPutAside() {
        SyncReport report = runner.run(job(page(state("r1", 1), state("r1", 13)), true));

        assertEquals(new Counts(2, 0, 1, 1), report.counts());
        assertEquals(Map.of("n", 13L), runner.dead(JOB, 10).get(0).record().fields());
    }

    @Test
    void X48_poisonedAndThenGoodStateInOnePage_isWritten() {
        SyncReport report = runner.run(job(page(state("r1", 13), state("r1", 2)), true));

        assertEquals(new Counts(2, 1, 1, 0), report.counts());
        assertEquals(List.of(), runner.dead(JOB, 10));
        assertEquals(Map.of("renamed", 2L), row("r1"));
    }

    @Test
    void X44_storeThatIsDown_failsTheRunAndThrowsNothing() {
        store.close();

        SyncReport report = runner.run(job(page(state("r1", 1)), true));

        assertEquals(State.FAILED, report.state());
        assertFalse(report.problem().isEmpty());
        assertTrue(table.rows.isEmpty());
    }

    private Map<String, ?> row(String id) {
        return Optional.ofNullable(table.rows.get(id)).orElseThrow().fields();
    }

    private SyncJob job(ChangePage page, boolean keepsCursors) {
        return SyncJob.named(JOB)
                .from(new FixedFeed(page), "T")
                .transform(SyncPutAsideTest::renamed)
                .into(() -> new MemorySink(table, keepsCursors));
    }

    /** Done twice it would fail; thirteen does not fit. */
    private static Optional<Change> renamed(Change record) {
        Object number = Optional.ofNullable(record.fields().get("n")).orElseThrow();
        if (number.equals(13L)) {
            throw new PoisonException("no thirteen");
        }
        return Optional.of(new Change(record.ref(), false, record.changedAt(), Map.of("renamed", number)));
    }

    private static ChangePage page(Change... changes) {
        return new ChangePage(List.of(changes), new SyncCursor("end"), false);
    }

    private static Change state(String id, long number) {
        return new Change(RecordRef.of("crm", "T", id), false, Instant.EPOCH, Map.of("n", number));
    }
}
