package io.trunkline.ai.skills;

import io.trunkline.ai.AgentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who can serve at all: free, with every skill, in the language. */
record Eligibility(Set<String> skills, @Nullable String language) {

    boolean holds(AgentState agent) {
        return agent.free() && agent.skills().containsAll(skills) && speaks(agent);
    }

    /** Why nobody can, in words: what nobody has, or who is busy. */
    List<String> lacking(List<AgentState> agents) {
        List<String> lacking = new ArrayList<>();
        for (String skill : skills) {
            if (agents.stream().noneMatch(agent -> agent.skills().contains(skill))) {
                lacking.add("nobody here has " + skill);
            }
        }
        if (language != null && agents.stream().noneMatch(this::speaks)) {
            lacking.add("nobody here speaks " + language);
        }
        long busy = agents.stream()
                .filter(agent -> !agent.free() && agent.skills().containsAll(skills) && speaks(agent))
                .count();
        if (busy > 0) {
            lacking.add("busy, but able: " + busy);
        }
        return lacking;
    }

    private boolean speaks(AgentState agent) {
        return language == null || agent.languages().contains(language);
    }
}
