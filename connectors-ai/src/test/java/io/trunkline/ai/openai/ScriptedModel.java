package io.trunkline.ai.openai;

import io.trunkline.Trunkline;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Turn;
import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.Watched;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server with a model that says what a test puts in its mouth, one answer after another, and the library before it. */
final class ScriptedModel implements AutoCloseable {

    static final List<Turn> TALK = List.of(Turn.agent("Hello"), Turn.customer("My line is dead again!"));
    static final String NEUTRAL = "{\"label\":\"NEUTRAL\",\"score\":0,\"confidence\":1}";

    final FakePlatform server = FakePlatform.start();
    private final Deque<FakeReply> answers = new ArrayDeque<>();
    private final Trunkline trunkline;

    ScriptedModel() {
        this(setup -> setup);
    }

    ScriptedModel(UnaryOperator<ConnectorSetup> settings) {
        server.on("POST", "/v1/chat/completions", request -> answers.remove());
        ConnectorSetup setup = OpenAi.key(Secret.of(Canary.secret()), "model-x")
                .with(CommonSettings.BASE_URL, List.of(server.uri().resolve("v1/")));
        trunkline = Watched.trunkline().connect("model", settings.apply(setup)).build();
    }

    LanguageAnalyzer language() {
        return trunkline.client(LanguageAnalyzer.class, "model");
    }

    /** The next answers, each the content of a finished message. */
    ScriptedModel says(String... contents) {
        for (String content : contents) {
            answers.add(FakeReply.json(200, completion(Map.of("role", "assistant", "content", content), "stop")));
        }
        return this;
    }

    ScriptedModel says(Map<String, Object> message, String finish) {
        return gives(FakeReply.json(200, completion(message, finish)));
    }

    ScriptedModel streams(String events) {
        return gives(FakeReply.text(200, "text/event-stream", events));
    }

    ScriptedModel gives(FakeReply reply) {
        answers.add(reply);
        return this;
    }

    /** The messages of the last request, each as {@code role: content}. */
    List<String> messages() {
        List<String> shown = new ArrayList<>();
        if (server.last().json().get("messages") instanceof List<?> messages) {
            for (Object each : messages) {
                Map<?, ?> message = (Map<?, ?>) each;
                shown.add(message.get("role") + ": " + message.get("content"));
            }
        }
        return shown;
    }

    static Map<String, Object> completion(Map<String, Object> message, String finish) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("finish_reason", finish);
        return Map.of(
                "model", "model-x-2026",
                "choices", List.of(choice),
                "usage", Map.of("prompt_tokens", 10, "completion_tokens", 5));
    }

    static String piece(String delta, String finish) {
        return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish
                + "}]}\n\n";
    }

    static String words(String content) {
        return piece("{\"content\":\"" + content + "\"}", "null");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        trunkline.close();
        server.close();
    }
}
