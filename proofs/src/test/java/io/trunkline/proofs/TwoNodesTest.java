package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes, one database, and nobody can rely on what he holds: each effect once, in order, and no stale commit. */
@Timeout(600)
final class TwoNodesTest {

    private final long seed = Size.seed();

    @Test
    void X40_eventsAtTwoNodesWhoseLeasesExpire_haveEachEffectOnceAndInOrder() throws Exception {
        int events = Size.of("proofs.nodes.events", 10_000);
        for (int run = 0; run < Size.of("proofs.nodes.runs", 1); run++) {
            try (TwoNodes nodes = new TwoNodes(seed + run, true)) {
                long start = System.nanoTime();

                List<String> effects = nodes.run(events);

                String figures = told(nodes, effects, start) + ", seed " + (seed + run);
                System.out.println("two nodes: " + figures);
                assertEquals(0, nodes.notAcknowledged(), figures);
                assertEquals(0, nodes.dead(), figures);
                assertEquals(List.of(), Effects.twice(effects), figures);
                assertEquals(events, new HashSet<>(effects).size(), figures);
                assertEquals(List.of(), Effects.outOfOrder(effects), figures);
                assertEquals(0, nodes.fences.staleAccepted.get(), figures);
                assertTrue(nodes.fences.takenOver.get() > events / 200, figures);
                assertTrue(nodes.fences.refused.get() > 0, figures);
                // The control: without the transaction, the same take-overs are seen as effects that happened twice.
                assertTrue(Effects.twice(nodes.plainEffects).size() > 0, figures);
            }
        }
    }

    @Test
    void X40_storeThatLetsAnybodyEndAnItem_isCaught() throws Exception {
        try (TwoNodes nodes = new TwoNodes(seed, false)) {
            nodes.run(1_000);

            assertTrue(nodes.fences.staleAccepted.get() > 0, "seed " + seed);
        }
    }

    private static String told(TwoNodes nodes, List<String> effects, long start) {
        return effects.size() + " effects, " + nodes.fences.takenOver + " taken over, " + nodes.fences.refused
                + " stale ends refused, " + nodes.fences.staleAccepted + " accepted, "
                + Effects.twice(nodes.plainEffects).size() + " twice without a transaction, "
                + (System.nanoTime() - start) / 1_000_000 + " ms";
    }
}
