package io.trunkline.ai.openai;

import io.trunkline.mapping.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of an answer as a JSON schema: an object of required fields and nothing else. */
final class OpenAiForm {

    private final String name;
    private final Map<String, Object> properties = new LinkedHashMap<>();

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
}
