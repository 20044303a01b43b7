package io.trunkline.messaging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A text that the platform has approved, by its id there, with the values of its variables in their order. */
public record Template(String id, Map<String, String> variables) {

    /** Keeps a copy in order. */
    public Template {
        if (id.isBlank()) {
            throw new IllegalArgumentException("template id is required, but was blank");
        }
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    @Override
    public String toString() {
        return "Template[" + id + "]";
    }
}
