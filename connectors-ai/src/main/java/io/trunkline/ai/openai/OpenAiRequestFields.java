package io.trunkline.ai.openai;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;

/** The check of the fields that an application adds to requests. */
final class OpenAiRequestFields {

    /** What the connector itself says; tools above all, because a model's answer must never become an action. */
    private static final Set<String> OURS = Set.of(
            "model",
            "messages",
            "response_format",
            "stream",
            "n",
            "tools",
            "tool_choice",
            "functions",
            "function_call");

    private OpenAiRequestFields() {}

    static String checked(String text) {
        try {
            Set<String> names =
                    Json.object(text.getBytes(StandardCharsets.UTF_8)).keySet();
            if (Collections.disjoint(names, OURS)) {
                return text;
            }
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("must be a JSON object");
        }
        throw new IllegalArgumentException("must not hold fields that the connector sets itself, such as tools");
    }
}
