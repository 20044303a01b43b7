package io.trunkline.ai;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the customer wants: the candidate's name or none, how sure the model is from 0 to 1, every candidate with its
 * score, best first, and where the answer comes from.
 */
public record Intent(@Nullable String chosen, double confidence, Map<String, Double> scores, Provenance from) {

    /** Keeps a copy in order. */
    public Intent {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** The candidate's name; empty if none fits. */
    public Optional<String> name() {
        return Optional.ofNullable(chosen);
    }
}
