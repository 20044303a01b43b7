package io.trunkline.testkit.platforms;

import io.trunkline.mapping.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fake model answers: the JSON around its words, and words that fit the form that was asked for. */
final class OpenAiAnswers {

    private static final int CREATED = 1_741_569_952;
    private static final int PIECE = 9;

    private OpenAiAnswers() {}

    static Map<?, ?> format(Map<String, Object> asked) {
        return asked.get("response_format") instanceof Map<?, ?> format ? format : Map.of();
    }

    /** JSON of the schema that the request names, or a sentence if it names none. */
    static String fitting(Map<String, Object> asked) {
        return format(asked).get("json_schema") instanceof Map<?, ?> named
                        && named.get("schema") instanceof Map<?, ?> schema
                ? text(value(schema))
                : "The customer's line is dead; a technician will call back.";
    }

    static Map<String, Object> completion(String content, String finish) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", content);
        message.put("refusal", null);
        Map<String, Object> choice = choice("message", message, finish);
        return document("chat.completion", List.of(choice), usage(content));
    }

    /** The same as server-sent events: the role, the words in pieces, why it stops, and the tokens if asked for. */
    static String stream(String content, String finish, boolean usage) {
        StringBuilder events = new StringBuilder(": keep-alive\n\n");
        events.append(event(List.of(choice("delta", Map.of("role", "assistant", "content", ""), null)), null));
        for (int start = 0; start < content.length(); start += PIECE) {
            String piece = content.substring(start, Math.min(content.length(), start + PIECE));
            events.append(event(List.of(choice("delta", Map.of("content", piece), null)), null));
        }
        events.append(event(List.of(choice("delta", Map.of(), finish)), null));
        if (usage) {
            events.append(event(List.of(), usage(content)));
        }
        return events.append("data: [DONE]\n\n").toString();
    }

    private static String event(List<Map<String, Object>> choices, @Nullable Object usage) {
        return "data: " + text(document("chat.completion.chunk", choices, usage)) + "\n\n";
    }

    private static Map<String, Object> document(
            String kind, List<Map<String, Object>> choices, @Nullable Object usage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", "chatcmpl-1");
        document.put("object", kind);
        document.put("created", CREATED);
        document.put("model", FakeOpenAi.MODEL);
        document.put("choices", choices);
        if (usage != null) {
            document.put("usage", usage);
        }
        return document;
    }

    private static Map<String, Object> choice(String name, Map<String, Object> said, @Nullable String finish) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put(name, said);
        choice.put("finish_reason", finish);
        choice.put("logprobs", null);
        return choice;
    }

    private static Map<String, Object> usage(String content) {
        int written = content.length() / 4 + 1;
        return Map.of("prompt_tokens", 11, "completion_tokens", written, "total_tokens", 11 + written);
    }

    private static Object value(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> allowed) {
            return String.valueOf(allowed.get(0));
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "object" -> {
                Map<String, Object> object = new LinkedHashMap<>();
                if (schema.get("properties") instanceof Map<?, ?> properties) {
                    properties.forEach(
                            (name, property) -> object.put(String.valueOf(name), value((Map<?, ?>) property)));
                }
                yield object;
            }
            case "array" -> {
                List<Object> items = new ArrayList<>();
                items.add(value(schema.get("items") instanceof Map<?, ?> item ? item : Map.of()));
                yield items;
            }
            case "number", "integer" -> 1;
            case "boolean" -> true;
            default -> "en";
        };
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
