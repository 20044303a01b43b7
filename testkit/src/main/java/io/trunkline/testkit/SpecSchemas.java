package io.trunkline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.oas.OpenApi31;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The schemas of an API description: validation, and the fields that it does not declare, which validation lets pass. */
final class SpecSchemas {

    private final JsonNode document;
    private final JsonSchemaFactory factory;

    SpecSchemas(JsonNode document) {
        this.document = document;
        boolean newer = document.path("openapi").asText().startsWith("3.1");
        var dialect = newer ? OpenApi31.getInstance() : OpenApi30.getInstance();
        this.factory = JsonSchemaFactory.getInstance(
                newer ? SpecVersion.VersionFlag.V202012 : SpecVersion.VersionFlag.V4,
                builder -> builder.metaSchema(dialect).defaultMetaSchemaIri(dialect.getIri()));
    }

    JsonNode resolved(JsonNode node) {
        JsonNode current = node;
        while (current.has("$ref")) {
            current = document.at(current.get("$ref").asText().substring(1));
            if (current.isMissingNode()) {
                throw new IllegalStateException("the description refers to what it does not hold");
            }
        }
        return current;
    }

    List<String> problems(JsonNode schema, JsonNode instance) {
        List<String> problems = new ArrayList<>();
        if (instance.isMissingNode()) {
            return List.of("is not JSON");
        }
        ObjectNode root = document.deepCopy();
        root.setAll((ObjectNode) schema.deepCopy());
        for (ValidationMessage message : factory.getSchema(root).validate(instance)) {
            problems.add(message.getMessage());
        }
        undeclared(schema, instance, "$", problems);
        return problems;
    }

    /** Values of a form or query as the types that the schema wants: forms know only text. */
    JsonNode coerced(JsonNode schema, Map<String, List<String>> form) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        form.forEach((name, values) -> {
            JsonNode property = property(schema, name);
            object.set(name, coerced(property, values));
        });
        return object;
    }

    JsonNode coerced(JsonNode schema, List<String> values) {
        JsonNode target = resolved(schema);
        if (target.path("type").asText().equals("array")) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(value -> array.add(scalar(resolved(target.path("items")), value)));
            return array;
        }
        return scalar(target, values.get(0));
    }

    private static JsonNode scalar(JsonNode schema, String value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (schema.path("type").asText()) {
            case "integer" ->
                value.matches("-?\\d{1,18}") ? nodes.numberNode(Long.parseLong(value)) : nodes.textNode(value);
            case "number" ->
                value.matches("-?\\d+(\\.\\d+)?") ? nodes.numberNode(Double.parseDouble(value)) : nodes.textNode(value);
            case "boolean" ->
                value.matches("true|false") ? nodes.booleanNode(value.equals("true")) : nodes.textNode(value);
            default -> nodes.textNode(value);
        };
    }

    private JsonNode property(JsonNode schema, String name) {
        for (JsonNode part : parts(schema)) {
            if (part.path("properties").has(name)) {
                return part.path("properties").get(name);
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void undeclared(JsonNode schema, JsonNode instance, String path, List<String> problems) {
        List<JsonNode> parts = parts(schema);
        if (instance.isArray()) {
            for (JsonNode part : parts) {
                if (part.has("items")) {
                    instance.forEach(item -> undeclared(part.get("items"), item, path + "[*]", problems));
                }
            }
        } else if (instance.isObject() && parts.stream().noneMatch(SpecSchemas::open)) {
            Set<String> names = new TreeSet<>();
            instance.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode property = property(schema, name);
                boolean declared =
                        parts.stream().anyMatch(part -> part.path("properties").has(name));
                if (declared) {
                    undeclared(property, instance.get(name), path + "." + name, problems);
                } else {
                    problems.add(path + "." + name + " is not documented");
                }
            }
        }
    }

    private static boolean open(JsonNode part) {
        JsonNode additional = part.path("additionalProperties");
        boolean said = additional.isObject() || additional.asBoolean(false);
        boolean anything = !part.has("properties") && !part.has("allOf") && !part.has("oneOf") && !part.has("anyOf");
        return said || anything;
    }

    /** The schema itself and everything it is composed of. */
    private List<JsonNode> parts(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        collect(schema, parts, 0);
        return parts;
    }

    private void collect(JsonNode schema, List<JsonNode> parts, int depth) {
        JsonNode target = resolved(schema);
        boolean composed = false;
        if (depth < 8) {
            for (String word : List.of("allOf", "oneOf", "anyOf")) {
                for (JsonNode part : target.path(word)) {
                    composed = true;
                    collect(part, parts, depth + 1);
                }
            }
        }
        if (!composed || target.has("properties")) {
            parts.add(target);
        }
    }
}
