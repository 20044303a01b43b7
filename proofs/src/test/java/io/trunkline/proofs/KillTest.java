package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at each point of its work, and at random times: nothing acknowledged is lost or done twice. */
@Timeout(value = 3, unit = java.util.concurrent.TimeUnit.HOURS)
final class KillTest {

    private final long seed = Size.seed();

    @TempDir(factory = InMemory.class)
    private Path folder;

    @Test
    void X43_X47_stationOnSqlite_killedAtEveryPoint_losesAndDoublesNothing() throws Exception {
        int kills = Size.of("proofs.kills", 40);
        KillRun run = killed("sqlite", kills, Size.of("proofs.events", 4_000));

        if (kills >= CrashPoint.ALL.size()) {
            Set<String> never = new HashSet<>(CrashPoint.ALL);
            never.removeAll(run.reached.keySet());
            assertEquals(Set.of(), never, run.told());
        }
    }

    @Test
    void X43_X47_stationOnPostgresql_killedAtSomePoints_losesAndDoublesNothing() throws Exception {
        killed(Databases.create(), Size.of("proofs.kills", 40) / 4, Size.of("proofs.events", 4_000) / 4);
    }

    private KillRun killed(String database, int kills, int events) throws Exception {
        long start = System.nanoTime();
        int requests = Senders.requests(events);
        KillRun run = new KillRun(database, folder, seed, requests);

        run.kill(kills, requests);
        Outcome outcome = run.outcome();

        String told = (database.equals("sqlite") ? "SQLite: " : "PostgreSQL: ") + run.told() + ", lost "
                + outcome.lost().size() + ", transactional twice "
                + outcome.twice().size() + ", plain twice "
                + outcome.plainTwice() + " (at most " + outcome.mostInFlight() + " a kill), lines twice "
                + outcome.linesTwice() + ", " + (System.nanoTime() - start) / 1_000_000_000 + " s, seed " + seed;
        System.out.println("killed: " + told);
        assertEquals(Senders.events(requests), run.senders.acknowledged.size(), told);
        assertEquals(Set.of(), outcome.lost(), told);
        assertEquals(List.of(), outcome.twice(), told);
        assertEquals(List.of(), outcome.outOfOrder(), told);
        assertEquals(List.of(), outcome.plainInOneLife(), told);
        assertEquals(run.senders.acknowledged, run.platform.effects.keySet(), told);
        assertTrue(outcome.mostInFlight() <= Station.WORKERS, told);
        assertEquals(0, outcome.left(), told);
        assertEquals(Set.of(), outcome.table(), told);
        assertEquals(Set.of(), outcome.file(), told);
        assertTrue(outcome.linesTwice() <= kills * Station.BATCH, told);
        return run;
    }
}
