package io.trunkline.ai;

import java.util.List;

/** What is named in a text, in order, and where the answer comes from. */
public record Entities(List<Entity> found, Provenance from) {

    /** Keeps a copy. */
    public Entities {
        found = List.copyOf(found);
    }
}
