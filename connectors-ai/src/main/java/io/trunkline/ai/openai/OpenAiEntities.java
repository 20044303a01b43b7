package io.trunkline.ai.openai;

import io.trunkline.ai.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what a model names in the text itself: models make up what would fit, and cannot count characters. */
final class OpenAiEntities {

    private OpenAiEntities() {}

    /** The entities of the given types that stand in the text, in its order; the same words again are the next place. */
    static List<Entity> in(String text, Set<String> types, @Nullable Object answered) {
        List<Entity> found = new ArrayList<>();
        Map<Entity, Integer> next = new HashMap<>();
        for (Object each : answered instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> entity
                    && entity.get("type") instanceof String type
                    && entity.get("text") instanceof String words
                    && types.contains(type)
                    && !words.isBlank()) {
                Entity key = new Entity(type, words, 0);
                int start = text.indexOf(words, next.getOrDefault(key, 0));
                if (start >= 0) {
                    next.put(key, start + words.length());
                    found.add(new Entity(type, words, start));
                }
            }
        }
        found.sort(Comparator.comparingInt(Entity::start));
        return found;
    }
}
