package io.trunkline.ai.skills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions at 10,000 random desks, against one that tries every agent against every other. */
final class RoutingOracleTest {

    private static final long SEED = Long.getLong("trunkline.seed", 20260301);
    private static final int DESKS = 10_000;
    private static final Provenance TEST = Provenance.local("test", Duration.ZERO);
    private static final List<String> SKILLS = List.of("tech", "sales", "billing", SkillsRouter.CALMING);
    private static final List<String> LANGUAGES = List.of("en", "zh", "de");
    private static final Map<String, Set<String>> OF_INTENTS =
            Map.of("fault", Set.of("tech"), "refund", Set.of("billing", "tech"), "chat", Set.of());

    private final VirtualClock clock = VirtualClock.single();

    private record Desk(List<AgentState> agents, RoutingRequest request) {}

    private Desk desk(Random random) {
        List<AgentState> agents = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            // Few different times, so that ties are common; some past the longest wait that earns points, some ahead.
            long idle = List.of(-30L, 0L, 40L, 299L, 300L, 900L, 5_000L).get(random.nextInt(7));
            agents.add(new AgentState(
                    "agent-" + random.nextInt(1_000) + "-" + i,
                    some(random, SKILLS),
                    some(random, LANGUAGES),
                    random.nextInt(4) > 0,
                    clock.now().minusSeconds(idle)));
        }
        RoutingRequest.Builder request = RoutingRequest.of("call");
        if (random.nextBoolean()) {
            request.skill(SKILLS.get(random.nextInt(4)));
        }
        if (random.nextBoolean()) {
            request.language(LANGUAGES.get(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            String name = List.of("fault", "refund", "chat", "unheard-of").get(random.nextInt(4));
            request.intent(new Intent(random.nextInt(5) == 0 ? null : name, 1, Map.of(), TEST));
        }
        if (random.nextBoolean()) {
            Sentiment.Label[] labels = Sentiment.Label.values();
            request.sentiment(new Sentiment(labels[random.nextInt(labels.length)], 0, 1, TEST));
        }
        if (random.nextBoolean() && count > 0) {
            request.preferredAgent(agents.get(random.nextInt(count)).id());
        }
        return new Desk(agents, request.build());
    }

    private static Set<String> some(Random random, List<String> from) {
        Set<String> some = new HashSet<>();
        from.stream().filter(each -> random.nextInt(3) > 0).forEach(some::add);
        return some;
    }

    private boolean can(AgentState agent, RoutingRequest request) {
        Set<String> needed = new HashSet<>(request.skills());
        request.intent()
                .flatMap(Intent::name)
                .ifPresent(name -> needed.addAll(OF_INTENTS.getOrDefault(name, Set.of())));
        boolean speaks = request.language().isEmpty()
                || agent.languages().contains(request.language().get());
        return agent.free() && speaks && agent.skills().containsAll(needed);
    }

    /** Points in tenths: whole numbers, in which nothing rounds. */
    private long points(AgentState agent, RoutingRequest request) {
        long points = request.preferredAgent().orElse("").equals(agent.id()) ? 1_000 : 0;
        boolean upset =
                request.sentiment().isPresent() && request.sentiment().get().label() == Sentiment.Label.NEGATIVE;
        points += upset && agent.skills().contains(SkillsRouter.CALMING) ? 500 : 0;
        long idle = Duration.between(agent.since(), clock.now()).toSeconds();
        return points + Math.max(0, Math.min(300, idle));
    }

    private boolean beats(AgentState one, AgentState other, RoutingRequest request) {
        if (points(one, request) != points(other, request)) {
            return points(one, request) > points(other, request);
        }
        if (!one.since().equals(other.since())) {
            return one.since().isBefore(other.since());
        }
        return one.id().compareTo(other.id()) < 0;
    }

    private SkillsRouter router(List<AgentState> agents) {
        return new SkillsRouter(() -> agents, OF_INTENTS, TimeSource.of(clock::now, clock::nanos, clock::sleep));
    }

    @Test
    void route_randomDesks_decidesAsTheOneWhoTriesAll() {
        Random random = new Random(SEED);
        int served = 0;
        for (int i = 0; i < DESKS; i++) {
            Desk desk = desk(random);
            RoutingDecision decision = router(desk.agents()).route(desk.request());
            List<AgentState> able = desk.agents().stream()
                    .filter(agent -> can(agent, desk.request()))
                    .toList();
            String best = able.stream()
                    .filter(one ->
                            able.stream().allMatch(other -> other.equals(one) || beats(one, other, desk.request())))
                    .map(AgentState::id)
                    .findFirst()
                    .orElse(null);
            String at = "desk " + i + " of seed " + SEED;

            assertEquals(best, decision.agent(), at);
            assertEquals(able.size(), decision.candidates().size(), at);
            boolean known = desk.request().intent().isPresent()
                    && desk.request().sentiment().isPresent();
            assertEquals(!known, decision.degraded(), at);
            assertTrue(!decision.reasons().isEmpty(), at);
            served += best == null ? 0 : 1;
        }
        assertTrue(served > DESKS / 4 && served < DESKS, "both ends happen, but served were " + served);
    }

    @Test
    void route_sameDeskInAnyOrder_decidesTheSame() {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < 1_000; i++) {
            Desk desk = desk(random);
            List<AgentState> shuffled = new ArrayList<>(desk.agents());
            Collections.shuffle(shuffled, random);

            assertEquals(
                    router(desk.agents()).route(desk.request()),
                    router(shuffled).route(desk.request()),
                    "desk " + i);
        }
    }

    @Test
    void route_equalAgentsOverADay_areServedInTurn() throws InterruptedException {
        Map<String, AgentState> desk = new HashMap<>();
        for (String id : List.of("ada", "bob", "eve", "max", "zoe")) {
            desk.put(id, new AgentState(id, Set.of(), Set.of(), true, clock.now()));
        }
        SkillsRouter router = new SkillsRouter(
                () -> List.copyOf(desk.values()), Map.of(), TimeSource.of(clock::now, clock::nanos, clock::sleep));
        Map<String, Integer> calls = new HashMap<>();
        String before = "";
        for (int i = 0; i < 500; i++) {
            clock.sleep(Duration.ofMinutes(7));
            String agent =
                    router.route(RoutingRequest.of("c" + i).build()).target().orElseThrow();
            desk.put(agent, new AgentState(agent, Set.of(), Set.of(), true, clock.now()));
            calls.merge(agent, 1, Integer::sum);
            assertNotEquals(before, agent);
            before = agent;
        }

        assertEquals(Map.of("ada", 100, "bob", 100, "eve", 100, "max", 100, "zoe", 100), calls);
    }
}
