package io.trunkline.ai;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who shall serve an interaction: the agent, or nobody yet; every agent that was considered with score and reasons, best
 * first; whether something that should have been asked was not there; and what else there is to say, such as what the
 * agents who were not considered lack.
 */
public record RoutingDecision(
        @Nullable String agent, List<Candidate> candidates, boolean degraded, List<String> notes) {

    /** An agent that was considered: the score, higher is better, and the reasons for it in words. */
    public record Candidate(String agent, double score, List<String> reasons) {

        /** Keeps a copy. */
        public Candidate {
            reasons = List.copyOf(reasons);
        }
    }

    /** Keeps copies. */
    public RoutingDecision {
        candidates = List.copyOf(candidates);
        notes = List.copyOf(notes);
    }

    /** A decision with nothing else to say. */
    public RoutingDecision(@Nullable String agent, List<Candidate> candidates, boolean degraded) {
        this(agent, candidates, degraded, List.of());
    }

    /** The agent; empty if nobody who can is free. */
    public Optional<String> target() {
        return Optional.ofNullable(agent);
    }

    /** Why the agent was chosen, or why nobody was. */
    public List<String> reasons() {
        List<String> first = agent == null || candidates.isEmpty()
                ? List.of("nobody with the needed skills is free")
                : candidates.get(0).reasons();
        return Stream.concat(first.stream(), notes.stream()).toList();
    }
}
