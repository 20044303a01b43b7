package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.simulation.Fault;
import io.trunkline.simulation.Seeds;
import io.trunkline.sync.SimulatedSync.Mistake;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises of synchronisation under every fault there is, in as many worlds as {@code -Dtrunkline.simulations} says;
 * one of them is seen again by {@code -Dtrunkline.seed}.
 */
@Timeout(3600)
final class SyncSimulationTest {

    private static final int STEPS = 200;
    private static final int FAULTS_OF_THE_INBOX = 8;

    @ParameterizedTest
    @MethodSource("io.trunkline.simulation.Seeds#hundreds")
    void D4_synchronisationUnderEveryFault_bringsEveryRecordAndNoOlderState(long first) {
        int[] refused = {0};
        Map<Fault, Integer> struck = Seeds.each(first, seed -> {
            SimulatedSync world = held(seed, Mistake.NONE);
            refused[0] += world.target.refused();
            return world.chances().struck();
        });

        assertTrue(Seeds.seen(struck, FAULTS_OF_THE_INBOX), "not every fault has struck: " + struck);
        assertTrue(refused[0] > 0 || Seeds.single(), "no run was taken over in the middle of a write");
    }

    /** The controls: what is done wrong is noticed before as many worlds as a build looks at. */
    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void D4_synchronisationWithAMistake_isCaught(Mistake mistake) {
        assertThrows(AssertionError.class, () -> {
            for (long seed = 1; seed <= 3_000; seed++) {
                held(seed, mistake);
            }
        });
    }

    /** What a seed has shown once it shows again. */
    @Test
    void D4_sameSeed_isTheSameWorld() {
        for (long seed = 1; seed <= 50; seed++) {
            SimulatedSync once = held(seed, Mistake.NONE);
            SimulatedSync again = held(seed, Mistake.NONE);
            assertEquals(once.chances().struck(), again.chances().struck(), "seed " + seed);
            assertEquals(
                    once.reports().stream().map(SyncReport::counts).toList(),
                    again.reports().stream().map(SyncReport::counts).toList(),
                    "seed " + seed);
        }
    }

    private static SimulatedSync held(long seed, Mistake mistake) {
        SimulatedSync world = new SimulatedSync(seed, mistake);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        SyncReport last = world.settle();
        String at =
                "seed " + seed + ", " + world.mode + (world.target.keepsCursors ? ", cursors in the target: " : ": ");
        assertEquals(State.COMPLETED, last.state(), at + last.problem());
        assertEquals(0, last.counts().written(), at + "written again although nothing has changed");
        assertEquals(world.target.broken().toString(), "[]", at);
        world.reports().forEach(report -> addsUp(report, at));
        sameAsSource(world, at);
        return world;
    }

    private static void addsUp(SyncReport report, String at) {
        Counts counts = report.counts();
        assertEquals(counts.read(), counts.written() + counts.skipped() + counts.dead(), at + report);
    }

    private static void sameAsSource(SimulatedSync world, String at) {
        Map<String, Change> dead = world.dead();
        Map<String, Map<String, @Nullable Object>> rows = world.target.rows();
        for (Change record : world.source.records().values()) {
            String id = record.ref().id();
            boolean there =
                    record.deleted() ? !rows.containsKey(id) : inTarget(record).equals(rows.get(id));
            boolean poison = !record.deleted() && record.fields().containsKey(SimulatedSource.POISON);
            boolean aside = dead.containsKey(id)
                    && Objects.requireNonNull(dead.get(id)).fields().equals(record.fields());

            assertTrue(
                    there || (poison && aside),
                    at + record + record.fields() + " but there is " + rows.get(id) + ", aside " + dead.get(id));
            assertTrue(poison || !dead.containsKey(id), at + id + " is there and put aside all the same");
        }
        assertTrue(world.source.records().keySet().containsAll(rows.keySet()), at + "rows of nothing");
    }

    private static Map<String, @Nullable Object> inTarget(Change record) {
        Map<String, @Nullable Object> row = new TreeMap<>(record.fields());
        row.put("number", Objects.requireNonNull(row.remove("version")));
        return row;
    }
}
