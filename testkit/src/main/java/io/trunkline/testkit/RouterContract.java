package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.Router;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Router} must do, whether it decides itself or asks a platform that knows these agents. */
@Timeout(60)
public abstract class RouterContract {

    private static final Instant LONG_AGO = Instant.parse("2026-03-01T08:00:00Z");

    private static final AgentState ADA = agent("ada", Set.of("billing", "sales"), Set.of("en", "de"), true);
    private static final AgentState BOB = agent("bob", Set.of("billing"), Set.of("en"), true);
    private static final AgentState EVE = agent("eve", Set.of("billing", "sales", "tech"), Set.of("en"), false);

    /** For subclasses. */
    protected RouterContract() {}

    /** A router among these agents. */
    protected abstract Router router(List<AgentState> agents);

    @Test
    final void route_skillsAndLanguage_areNeverMissing() {
        Router router = router(List.of(ADA, BOB, EVE));

        for (RoutingRequest request : List.of(
                RoutingRequest.of("i-1").skill("sales").build(),
                RoutingRequest.of("i-1").skill("billing").language("de").build(),
                RoutingRequest.of("i-1")
                        .skill("billing")
                        .skill("sales")
                        .preferredAgent("bob")
                        .build())) {
            RoutingDecision decision = router.route(request);
            assertEquals(Optional.of("ada"), decision.target());
            assertEquals(
                    List.of("ada"),
                    decision.candidates().stream()
                            .map(RoutingDecision.Candidate::agent)
                            .toList());
        }
    }

    @Test
    final void route_nobodyWhoCanIsFree_isNobodyAndSaysWhy() {
        Router router = router(List.of(ADA, BOB, EVE));

        RoutingDecision decision =
                router.route(RoutingRequest.of("i-1").skill("tech").build());

        assertTrue(decision.target().isEmpty());
        assertFalse(decision.reasons().isEmpty());
        assertTrue(router(List.of())
                .route(RoutingRequest.of("i-1").build())
                .target()
                .isEmpty());
    }

    @Test
    final void route_severalWhoCan_areRankedWithReasonsAndTheFirstIsChosen() {
        RoutingDecision decision = router(List.of(BOB, ADA, EVE))
                .route(RoutingRequest.of("i-1")
                        .skill("billing")
                        .preferredAgent("ada")
                        .build());

        assertEquals(2, decision.candidates().size());
        assertEquals(Optional.of("ada"), decision.target(), "the agent who served before");
        assertEquals("ada", decision.candidates().get(0).agent());
        assertEquals(
                decision.candidates().stream()
                        .sorted(Comparator.comparingDouble(RoutingDecision.Candidate::score)
                                .reversed())
                        .toList(),
                decision.candidates());
        decision.candidates()
                .forEach(candidate -> assertFalse(candidate.reasons().isEmpty(), candidate.agent()));
    }

    @Test
    final void route_sameQuestionTwice_isDecidedTheSame() {
        Router router = router(List.of(ADA, BOB));
        RoutingRequest request = RoutingRequest.of("i-1").skill("billing").build();

        assertEquals(router.route(request).target(), router.route(request).target());
        assertTrue(router.can(Router.ROUTE));
    }

    @Test
    final void route_intentAndSentimentUnknown_decidesAndSaysThatItIsDegraded() {
        RoutingDecision decision =
                router(List.of(ADA)).route(RoutingRequest.of("i-1").build());

        assertEquals(Optional.of("ada"), decision.target());
        assertTrue(decision.degraded());
    }

    private static AgentState agent(String id, Set<String> skills, Set<String> languages, boolean free) {
        return new AgentState(id, skills, languages, free, LONG_AGO);
    }
}
