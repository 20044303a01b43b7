package io.trunkline.mapping;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that rows of one answer share, and those that the objects in them have. */
final class RowNames {

    private record Shorter(String left, RowNames names) {}

    private record Found(List<String> asked, int[] places) {}

    private final List<String> names;
    private final Map<String, Integer> places;
    private final @Nullable RowNames[] inner;
    private JsonReader.@Nullable Options options;
    private @Nullable Shorter shorter;
    private @Nullable Found found;

    private RowNames(List<String> names, @Nullable RowNames[] inner) {
        this.names = names;
        this.inner = inner;
        this.places = new HashMap<>();
        for (String name : names) {
            places.put(name, places.size());
        }
    }

    static RowNames of(Map<?, ?> row) {
        List<String> names = row.keySet().stream().map(String::valueOf).toList();
        @Nullable
        RowNames[] inner = row.values().stream()
                .map(value -> value instanceof Map<?, ?> object ? of(object) : null)
                .toArray(RowNames[]::new);
        return new RowNames(names, inner);
    }

    int size() {
        return names.size();
    }

    String name(int place) {
        return names.get(place);
    }

    /** Where a name stands, or -1. */
    int place(@Nullable Object name) {
        return places.getOrDefault(name, -1);
    }

    /** Where each of some names stands, or -1. Each row of an answer is asked for the same list, so the last is kept. */
    int[] places(List<String> given) {
        List<String> asked = List.copyOf(given); // No copy but of a list that may change, which then is never the last.
        Found known = found;
        if (known == null || known.asked() != asked) {
            known = new Found(asked, asked.stream().mapToInt(this::place).toArray());
            found = known;
        }
        return known.places();
    }

    /** The place of the name that comes next, which is then read over, or -1 if it is another, which is not. */
    int next(JsonReader reader) throws IOException {
        if (options == null) {
            options = JsonReader.Options.of(names.toArray(String[]::new));
        }
        return reader.selectName(options);
    }

    /** The names that the object at a place had, if there was one. */
    @Nullable
    RowNames under(int place) {
        return inner[place];
    }

    /** These without one of them. Each row of an answer asks for the same, so the last is kept. */
    RowNames without(String name) {
        Shorter known = shorter;
        if (known == null || !known.left().equals(name)) {
            List<String> others = new ArrayList<>(names);
            others.remove(name);
            known = new Shorter(name, new RowNames(others, new RowNames[others.size()]));
            shorter = known;
        }
        return known.names();
    }
}
