package io.trunkline.sync;

import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The form of a job's records as earlier runs have seen it, and what has changed since. Nothing is coerced to it. */
final class SchemaWatch {

    private static final String SPACE = "sync-schema";
    private static final int MOST_FIELDS = 2000;

    private final Values values;
    private final String job;
    private final long version;
    private final Map<String, String> known = new TreeMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Map<String, String> drift = new TreeMap<>();

    SchemaWatch(Store store, String job) {
        this.values = store.values(SPACE);
        this.job = job;
        Optional<Versioned> before = values.get(job);
        before.ifPresent(entry -> Json.object(entry.value()).forEach((name, kind) -> known.put(name, "" + kind)));
        this.version = before.map(Versioned::version).orElse(Values.ABSENT);
    }

    void saw(Change record) {
        record.fields().forEach((name, value) -> {
            String kind = value == null ? "" : kind(value);
            String before = seen.get(name);
            if (value == null && before == null) {
                seen.put(name, kind);
            } else if (value != null && !kind.equals(before) && seen.size() < MOST_FIELDS) {
                saw(name, kind);
            }
        });
    }

    List<String> drift() {
        return new ArrayList<>(drift.values());
    }

    /** Keeps what was seen; after a complete run, fields that were not seen at all have drifted away. */
    void keep(boolean complete) {
        if (seen.isEmpty()) {
            return;
        }
        Map<String, String> next = new TreeMap<>(known);
        seen.forEach((name, kind) -> next.merge(name, kind, (old, now) -> now.isEmpty() ? old : now));
        if (complete) {
            known.keySet().stream()
                    .filter(name -> !seen.containsKey(name))
                    .forEach(name -> drift.put(name, "field " + name + " is gone"));
            next.keySet().retainAll(seen.keySet());
        }
        values.put(job, Json.write(next), version, null);
    }

    private void saw(String name, String kind) {
        seen.put(name, kind);
        String before = known.get(name);
        if (before == null && !known.isEmpty()) {
            drift.put(name, "field " + name + " is new: " + kind);
        } else if (before != null && !before.isEmpty() && !before.equals(kind)) {
            drift.put(name, "field " + name + " was " + before + " and is " + kind);
        }
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a flag";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof List ? "a list" : "a text";
    }
}
