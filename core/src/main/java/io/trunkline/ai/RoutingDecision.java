package io.trunkline.ai;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who shall serve an interaction: the agent, or nobody yet; every agent that was considered with score and reasons, best
 * first; and whether something that should have been asked was not there.
 */
public record RoutingDecision(@Nullable String agent, List<Candidate> candidates, boolean degraded) {

    /** An agent that was considered: the score, higher is better, and the reasons for it in words. */
    public record Candidate(String agent, double score, List<String> reasons) {

        /** Keeps a copy. */
        public Candidate {
            reasons = List.copyOf(reasons);
        }
    }

    /** Keeps a copy. */
    public RoutingDecision {
        candidates = List.copyOf(candidates);
    }

    /** The agent; empty if nobody who can is free. */
    public Optional<String> target() {
        return Optional.ofNullable(agent);
    }

    /** Why the agent was chosen, or why nobody was. */
    public List<String> reasons() {
        return agent == null || candidates.isEmpty()
                ? List.of("nobody with the needed skills is free")
                : candidates.get(0).reasons();
    }
}
