package io.trunkline.ai.openai;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of an answer as a JSON schema: an object of required fields and nothing else. */
final class OpenAiForm {

    private final String name;
    private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();

    private OpenAiForm(String name) {
        this.name = name;
    }

    static OpenAiForm of(String name) {
        return new OpenAiForm(name);
    }

    OpenAiForm number(String field) {
        properties.put(field, Map.of("type", "number"));
        return this;
    }

    OpenAiForm text(String field) {
        properties.put(field, Map.of("type", "string"));
        return this;
    }

    OpenAiForm choice(String field, List<String> allowed) {
        properties.put(field, Map.of("type", "string", "enum", allowed));
        return this;
    }

    OpenAiForm list(String field, OpenAiForm item) {
        properties.put(field, Map.of("type", "array", "items", item.schema()));
        return this;
    }

    /** The schema as servers enforce it. */
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
        schema.put("additionalProperties", false);
        return schema;
    }

    /** The part of a request that asks for it. */
    Map<String, Object> format() {
        return Map.of("type", "json_schema", "json_schema", Map.of("name", name, "strict", true, "schema", schema()));
    }

    /** The schema as a sentence, for servers that do not enforce it. */
    String sentence() {
        return " Answer with one JSON object of this JSON schema and nothing else: "
                + new String(Json.write(schema()), StandardCharsets.UTF_8);
    }

    /** The fields of an answer in this form; empty if it is in another. Fields that were not asked for are left out. */
    Optional<Map<String, Object>> read(String answer) {
        Map<String, @Nullable Object> given;
        try {
            given = Json.object(object(answer).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> property : properties.entrySet()) {
            Object value = given.get(property.getKey());
            if (value == null || !fits(value, property.getValue())) {
                return Optional.empty();
            }
            fields.put(property.getKey(), value);
        }
        return Optional.of(fields);
    }

    private static boolean fits(Object value, Map<String, Object> property) {
        if (property.get("enum") instanceof List<?> allowed) {
            return allowed.contains(value);
        }
        return switch (String.valueOf(property.get("type"))) {
            case "number" -> value instanceof Number;
            case "array" -> value instanceof List<?>;
            default -> value instanceof String;
        };
    }

    /** Servers that do not enforce a form like to put words or a code fence around the object. */
    private static String object(String answer) {
        int start = answer.indexOf('{');
        int end = answer.lastIndexOf('}');
        return start < 0 || end < start ? answer : answer.substring(start, end + 1);
    }
}
