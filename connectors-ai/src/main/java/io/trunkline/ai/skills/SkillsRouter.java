package io.trunkline.ai.skills;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.Router;
import io.trunkline.ai.RoutingDecision;
import io.trunkline.ai.RoutingRequest;
import io.trunkline.ai.Sentiment;
import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Chooses among the agents that are free and have every skill that is needed; an intent names further skills. Points: 100
 * for the agent who served the customer before, 50 for the skill of calming if the customer is upset, and up to 30 for a
 * long wait. Every candidate comes with its reasons. Thread-safe.
 */
public final class SkillsRouter implements Router {

    /** The skill of agents who are good with upset customers. */
    public static final String CALMING = "calming";

    private static final int MOST_IDLE_POINTS = 30;

    private final Supplier<List<AgentState>> agents;
    private final Map<String, Set<String>> skillsOfIntents;
    private final TimeSource time;

    /**
     * A router.
     *
     * @param agents who is there now; asked at each decision
     * @param skillsOfIntents the skills that each intent needs; an intent without entry needs none
     */
    public SkillsRouter(Supplier<List<AgentState>> agents, Map<String, Set<String>> skillsOfIntents, TimeSource time) {
        this.agents = agents;
        this.skillsOfIntents = Map.copyOf(skillsOfIntents);
        this.time = time;
    }

    @Override
    public String connection() {
        return "skills";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(ROUTE);
    }

    /** A view is the same: nothing here waits. */
    @Override
    public Router with(CallOptions value) {
        return this;
    }

    @Override
    public RoutingDecision route(RoutingRequest request) {
        Set<String> needed = needed(request);
        List<RoutingDecision.Candidate> candidates = agents.get().stream()
                .filter(agent -> agent.free() && agent.skills().containsAll(needed))
                .filter(agent ->
                        request.language().map(agent.languages()::contains).orElse(true))
                .map(agent -> scored(agent, request, needed))
                .sorted(Comparator.comparingDouble(RoutingDecision.Candidate::score)
                        .reversed()
                        .thenComparing(RoutingDecision.Candidate::agent))
                .toList();
        boolean degraded = request.intent().isEmpty() || request.sentiment().isEmpty();
        return new RoutingDecision(
                candidates.isEmpty() ? null : candidates.get(0).agent(), candidates, degraded);
    }

    private Set<String> needed(RoutingRequest request) {
        Set<String> needed = new TreeSet<>(request.skills());
        request.intent()
                .flatMap(intent -> intent.name())
                .ifPresent(name -> needed.addAll(skillsOfIntents.getOrDefault(name, Set.of())));
        return needed;
    }

    private RoutingDecision.Candidate scored(AgentState agent, RoutingRequest request, Set<String> needed) {
        List<String> reasons = new ArrayList<>();
        reasons.add(needed.isEmpty() ? "no skill is needed" : "has " + String.join(", ", needed));
        request.language().ifPresent(language -> reasons.add("speaks " + language));
        double score = 0;
        if (request.preferredAgent().filter(agent.id()::equals).isPresent()) {
            score += 100;
            reasons.add("served the customer before");
        }
        boolean upset = request.sentiment()
                .filter(sentiment -> sentiment.label() == Sentiment.Label.NEGATIVE)
                .isPresent();
        if (upset && agent.skills().contains(CALMING)) {
            score += 50;
            reasons.add("is good with upset customers");
        }
        Duration idle = Duration.between(agent.since(), time.now());
        double points = Math.max(0, Math.min(MOST_IDLE_POINTS, idle.toSeconds() / 10.0));
        reasons.add("free for " + Math.max(0, idle.toSeconds()) + " s");
        return new RoutingDecision.Candidate(agent.id(), score + points, reasons);
    }
}
