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
 * long wait. Of equals the one who waits longest is chosen, and of those the first by id. Every candidate comes with its
 * reasons. It keeps nothing: until the application says that an agent is taken, the next call may get the same one.
 * Thread-safe.
 */
public final class SkillsRouter implements Router {

    /** The skill of agents who are good with upset customers. */
    public static final String CALMING = "calming";

    private static final int SERVED_BEFORE_POINTS = 100;
    private static final int CALMING_POINTS = 50;
    private static final int MOST_IDLE_POINTS = 30;

    private record Scored(RoutingDecision.Candidate candidate, AgentState agent) {

        double score() {
            return candidate.score();
        }
    }

    private static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing(scored -> scored.agent().since())
            .thenComparing(scored -> scored.agent().id());

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
        Eligibility eligibility = new Eligibility(needed, request.language().orElse(null));
        List<AgentState> all = List.copyOf(agents.get());
        List<RoutingDecision.Candidate> candidates = all.stream()
                .filter(eligibility::holds)
                .map(agent -> new Scored(scored(agent, request, needed), agent))
                .sorted(BEST_FIRST)
                .map(Scored::candidate)
                .toList();
        List<String> notes = new ArrayList<>();
        if (candidates.isEmpty()) {
            notes.addAll(eligibility.lacking(all));
        }
        request.intent().ifPresentOrElse(intent -> {}, () -> notes.add("what the customer wants is not known"));
        request.sentiment().ifPresentOrElse(mood -> {}, () -> notes.add("how the customer feels is not known"));
        boolean degraded = request.intent().isEmpty() || request.sentiment().isEmpty();
        String agent = candidates.isEmpty() ? null : candidates.get(0).agent();
        return new RoutingDecision(agent, candidates, degraded, notes);
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
            score += SERVED_BEFORE_POINTS;
            reasons.add("served the customer before");
        }
        boolean upset = request.sentiment()
                .filter(sentiment -> sentiment.label() == Sentiment.Label.NEGATIVE)
                .isPresent();
        if (upset && agent.skills().contains(CALMING)) {
            score += CALMING_POINTS;
            reasons.add("is good with upset customers");
        }
        long idle = Math.max(0, Duration.between(agent.since(), time.now()).toSeconds());
        reasons.add("free for " + idle + " s");
        return new RoutingDecision.Candidate(agent.id(), score + Math.min(MOST_IDLE_POINTS, idle / 10.0), reasons);
    }
}
