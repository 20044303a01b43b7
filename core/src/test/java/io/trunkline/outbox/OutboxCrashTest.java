package io.trunkline.outbox;

import static io.trunkline.outbox.OutboxNode.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.webhook.CrashingStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process ends between every two steps of putting, taking, writing and finishing; then it starts again. */
@Timeout(300)
final class OutboxCrashTest {

    private static final List<OutboxEntry> ALL = List.of(entry("a", 1), entry("b", 1), entry("a", 2));

    /** What the world found after a crash and a restart. */
    private record Aftermath(boolean crashed, Diary diary, List<OutboxResult> results) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void X43_crashAtEveryStep_platformThatCanBeAsked_hasEachOnceAndInOrder(StoreForms form) {
        Aftermath after;
        int step = 0;
        do {
            after = crashed(form, ++step, new Diary(), true);
            assertEquals(List.of("a1", "a2"), after.diary().lines("a"), "step " + step);
            assertEquals(List.of("b1"), after.diary().lines("b"), "step " + step);
            after.results().forEach(result -> assertInstanceOf(OutboxResult.Done.class, result));
        } while (after.crashed());
        assertTrue(step > 40, "only " + step);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void X43_crashAtEveryStep_platformThatCannotTell_hasNoneTwiceAndNoneIsForgotten(StoreForms form) {
        Aftermath after;
        int aside = 0;
        int step = 0;
        do {
            Diary diary = new Diary();
            diary.answers(new Reconciliation.CannotTell("it cannot be searched"));
            after = crashed(form, ++step, diary, true);
            for (int i = 0; i < ALL.size(); i++) {
                String line = List.of("a1", "b1", "a2").get(i);
                long written = diary.lines().stream().filter(line::equals).count();
                boolean done = after.results().get(i) instanceof OutboxResult.Done;
                assertTrue(written == 1 || (written == 0 && !done), line + " at step " + step);
                assertTrue(!(after.results().get(i) instanceof OutboxResult.Pending), line + " at step " + step);
                aside += done ? 0 : 1;
            }
        } while (after.crashed());
        assertTrue(aside > 3 && aside < step, aside + " of " + step + " crashes left a doubt");
    }

    /** The control: without transactions the same steps must be seen to lose. */
    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY"})
    void X43_crashAtEveryStep_withoutTransactions_isCaught(StoreForms form) {
        int wrong = 0;
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            Aftermath after = crashed(form, step, new Diary(), false);
            crashed = after.crashed();
            boolean well = after.diary().lines().size() == ALL.size()
                    && after.results().stream().allMatch(OutboxResult.Done.class::isInstance);
            wrong += well ? 0 : 1;
        }
        assertTrue(wrong > 1, "only " + wrong);
    }

    private Aftermath crashed(StoreForms form, int step, Diary diary, boolean atomic) {
        VirtualClock clock = VirtualClock.single();
        try (Store store = form.open(Clocks.of(clock), folder)) {
            CrashingStore dying = new CrashingStore(store, step);
            diary.always((platform, entry) -> {
                dying.step();
                Diary.WELL.strike(platform, entry);
                dying.step();
            });
            try {
                life(atomic ? dying : dying.withoutTransactions(), clock, diary);
            } catch (CrashingStore.Crash e) {
                assertTrue(dying.crashed());
            }
            diary.always(Diary.WELL);
            Outbox outbox = life(store, clock, diary);
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofMinutes(6));
                OutboxNode.drain(outbox);
            }
            List<OutboxResult> results = ALL.stream()
                    .map(entry -> outbox.result(entry.key()).orElseThrow())
                    .toList();
            return new Aftermath(dying.crashed(), diary, results);
        }
    }

    /** One process: whoever does not know whether an entry was kept puts it again. */
    private static Outbox life(Store store, VirtualClock clock, Diary diary) {
        Outbox outbox = new Outbox("crm", store, Clocks.of(clock)).on(OutboxNode.KIND, diary);
        ALL.forEach(outbox::put);
        OutboxNode.drain(outbox);
        return outbox;
    }
}
