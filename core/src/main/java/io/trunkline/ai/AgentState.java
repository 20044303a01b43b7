package io.trunkline.ai;

import java.time.Instant;
import java.util.Set;

/**
 * An agent: id, skills, languages (ISO 639-1), whether free to take one more interaction now, and since when. An agent who
 * serves several at a time is free until the last place is taken.
 */
public record AgentState(String id, Set<String> skills, Set<String> languages, boolean free, Instant since) {

    /** Keeps copies. */
    public AgentState {
        skills = Set.copyOf(skills);
        languages = Set.copyOf(languages);
    }
}
