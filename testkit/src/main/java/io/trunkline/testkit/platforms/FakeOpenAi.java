package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import io.trunkline.testkit.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server on this machine that speaks OpenAI's interface. Its model says what a test puts in its mouth, and otherwise
 * whatever fits the form that was asked for. A model whose name begins with {@code missing} is not there.
 */
public final class FakeOpenAi implements AutoCloseable {

    /** The name by which the model calls itself. */
    public static final String MODEL = "gpt-test-2026-01-01";

    private static final int LONGEST = 100_000;

    private final FakePlatform platform = FakePlatform.start();
    private final ConcurrentLinkedDeque<String> answers = new ConcurrentLinkedDeque<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String finish = "stop";
    private volatile String heard = "I want to cancel";
    private volatile int remaining = 10_000;

    /** A server with one model and a quota of 10,000 requests. */
    public FakeOpenAi() {
        platform.on("GET", "/v1/models", request -> answered(request, FakeOpenAi::models));
        platform.on("POST", "/v1/chat/completions", request -> answered(request, this::chat));
        platform.on("POST", "/v1/audio/transcriptions", request -> answered(request, this::transcription));
    }

    /** The platform itself: its address, its faults, what it was asked. */
    public FakePlatform platform() {
        return platform;
    }

    /** The base address, ending in {@code v1/}. */
    public URI address() {
        return platform.uri().resolve("v1/");
    }

    /** What the model says next, one answer each, whatever it is asked. */
    public void says(String... contents) {
        answers.addAll(List.of(contents));
    }

    /** Why the model stops from now on: {@code stop}, {@code length} or {@code content_filter}. */
    public void finishes(String reason) {
        this.finish = reason;
    }

    /** What every recording says from now on. */
    public void hears(String text) {
        this.heard = text;
    }

    /** How many requests the quota still has. */
    public void remaining(int value) {
        this.remaining = value;
    }

    /** A refusal before any work, as the platform words it: status, code and the name of its kind. */
    public static Fault refusal(int status, String code, String type) {
        return Fault.answer(
                status, "application/json", error(status, code, type).text());
    }

    @Override
    public void close() {
        platform.close();
    }

    private interface Work {
        FakeReply on(FakeRequest request);
    }

    private FakeReply answered(FakeRequest request, Work work) {
        boolean known = request.header("Authorization").orElse("").matches("Bearer .+");
        FakeReply reply = known ? work.on(request) : error(401, "invalid_api_key", "invalid_request_error");
        return reply.header("x-request-id", "req_" + requests.incrementAndGet())
                .header("openai-processing-ms", "12")
                .header("x-ratelimit-limit-requests", "10000")
                .header("x-ratelimit-remaining-requests", String.valueOf(remaining))
                .header("x-ratelimit-reset-requests", "6ms");
    }

    private static FakeReply models(FakeRequest request) {
        Map<String, Object> model =
                Map.of("id", "gpt-test", "object", "model", "created", 1_741_569_952, "owned_by", "system");
        return FakeReply.json(200, Map.of("object", "list", "data", List.of(model)));
    }

    private FakeReply chat(FakeRequest request) {
        Map<String, Object> asked = request.json();
        Optional<FakeReply> refusal = refused(asked, request.text());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String scripted = answers.poll();
        String content = scripted == null ? OpenAiAnswers.fitting(asked) : scripted;
        if (Boolean.TRUE.equals(asked.get("stream"))) {
            boolean usage = String.valueOf(asked.get("stream_options")).contains("include_usage=true");
            return FakeReply.text(200, "text/event-stream", OpenAiAnswers.stream(content, finish, usage));
        }
        return FakeReply.json(200, OpenAiAnswers.completion(content, finish));
    }

    private static Optional<FakeReply> refused(Map<String, Object> asked, String text) {
        String model = String.valueOf(asked.get("model"));
        boolean object = "json_object".equals(OpenAiAnswers.format(asked).get("type"));
        if (model.startsWith("missing")) {
            return Optional.of(error(404, "model_not_found", "invalid_request_error"));
        }
        if (text.length() > LONGEST) {
            return Optional.of(error(400, "context_length_exceeded", "invalid_request_error"));
        }
        if (!(asked.get("messages") instanceof List<?> messages) || messages.isEmpty()) {
            return Optional.of(error(400, "invalid_value", "invalid_request_error"));
        }
        // The platform refuses to promise JSON to somebody who does not say the word.
        return object && !messages.toString().contains("JSON")
                ? Optional.of(error(400, "invalid_value", "invalid_request_error"))
                : Optional.empty();
    }

    private FakeReply transcription(FakeRequest request) {
        String form = new String(request.body(), StandardCharsets.ISO_8859_1);
        boolean complete = request.header("Content-Type").orElse("").startsWith("multipart/form-data; boundary=")
                && form.contains("name=\"model\"")
                && form.contains("name=\"file\"; filename=\"");
        return complete
                ? FakeReply.json(200, Map.of("text", heard))
                : error(400, "missing_required_parameter", "invalid_request_error");
    }

    private static FakeReply error(int status, @Nullable String code, String type) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", "The request was refused (" + code + ").");
        error.put("type", type);
        error.put("param", null);
        error.put("code", code);
        return FakeReply.json(status, Map.of("error", error));
    }
}
