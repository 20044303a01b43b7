package io.trunkline.ai.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.Intent;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.ai.Sentiment;
import io.trunkline.checks.VirtualClock;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SkillsRouterTest {

    private static final Provenance TEST = Provenance.local("test", Duration.ZERO);
    private static final Intent FAULT = new Intent("fault", 0.9, Map.of("fault", 0.9), TEST);
    private static final Sentiment ANGRY = new Sentiment(Sentiment.Label.NEGATIVE, -1, 1, TEST);

    private final VirtualClock clock = VirtualClock.single();
    private final SkillsRouter router = new SkillsRouter(
            () -> List.of(
                    agent("ada", 60, true, "tech", SkillsRouter.CALMING),
                    agent("bob", 300, true, "tech"),
                    agent("eve", 900, true, "sales"),
                    agent("max", 900, false, "tech")),
            Map.of("fault", Set.of("tech")),
            TimeSource.of(clock::now, clock::nanos, clock::sleep));

    private AgentState agent(String id, int idleSeconds, boolean free, String... skills) {
        return new AgentState(
                id, Set.of(skills), Set.of("en"), free, clock.now().minusSeconds(idleSeconds));
    }

    @Test
    void route_intentNamesASkill_longestIdleOfTheSkilledIsChosenWithReasons() {
        RoutingDecision decision =
                router.route(RoutingRequest.of("c").intent(FAULT).language("en").build());

        assertEquals("bob", decision.target().orElseThrow());
        assertEquals(2, decision.candidates().size());
        assertEquals(
                List.of("has tech", "speaks en", "free for 300 s", "how the customer feels is not known"),
                decision.reasons());
        assertTrue(decision.degraded());
    }

    @Test
    void route_upsetCustomer_prefersWhoCalms() {
        RoutingDecision decision = router.route(
                RoutingRequest.of("c").intent(FAULT).sentiment(ANGRY).build());

        assertEquals("ada", decision.target().orElseThrow());
        assertTrue(!decision.degraded());
    }

    @Test
    void route_servedBefore_outweighsTheRest() {
        RoutingRequest request = RoutingRequest.of("c")
                .sentiment(ANGRY)
                .skill("tech")
                .preferredAgent("bob")
                .build();

        assertEquals("bob", router.route(request).target().orElseThrow());
    }

    @Test
    void route_bothIdleLongerThanPointsCount_theLongerIsChosen() {
        RoutingDecision decision = desk(agent("ada", 400, true), agent("zoe", 900, true))
                .route(RoutingRequest.of("c").build());

        assertEquals("zoe", decision.target().orElseThrow());
        assertEquals(
                decision.candidates().get(0).score(),
                decision.candidates().get(1).score());
    }

    @Test
    void route_equalsInEverything_areOrderedById() {
        SkillsRouter equals = desk(agent("zoe", 60, true), agent("ada", 60, true));

        assertEquals(
                "ada", equals.route(RoutingRequest.of("c").build()).target().orElseThrow());
    }

    @Test
    void route_nobodyCan_saysWhatIsLacking() {
        RoutingDecision language =
                router.route(RoutingRequest.of("c").language("zh").build());
        RoutingDecision skill = router.route(RoutingRequest.of("c").skill("law").build());
        RoutingDecision busy = desk(agent("max", 9, false, "tech"))
                .route(RoutingRequest.of("c").intent(FAULT).sentiment(ANGRY).build());
        RoutingDecision empty = desk().route(RoutingRequest.of("c").build());

        assertTrue(language.target().isEmpty());
        assertTrue(language.reasons().contains("nobody here speaks zh"), language::toString);
        assertTrue(skill.reasons().contains("nobody here has law"), skill::toString);
        assertEquals(List.of("nobody with the needed skills is free", "busy, but able: 1"), busy.reasons());
        assertTrue(empty.target().isEmpty());
    }

    private SkillsRouter desk(AgentState... agents) {
        return new SkillsRouter(
                () -> List.of(agents),
                Map.of("fault", Set.of("tech")),
                TimeSource.of(clock::now, clock::nanos, clock::sleep));
    }
}
