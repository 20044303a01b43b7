package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.mapping.Json;
import io.trunkline.testkit.platforms.FakeOpenAi;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake server answers in the form asked for and refuses as the platform does. */
@Timeout(60)
final class FakeOpenAiTest {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private static final String FORM = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"f\","
            + "\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\",\"enum\":"
            + "[\"A\",\"B\"]},\"score\":{\"type\":\"number\"},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
            + "\"properties\":{\"k\":{\"type\":\"string\"}}}}},\"required\":[\"label\",\"score\",\"list\"],"
            + "\"additionalProperties\":false}}}";

    private final FakeOpenAi server = new FakeOpenAi();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void chat_schemaAskedFor_isAnsweredInIt() throws Exception {
        HttpResponse<String> answer = chat("{\"model\":\"m\"," + MESSAGES + "," + FORM + "}");

        Map<String, Object> content = Json.object(content(answer).getBytes(StandardCharsets.UTF_8));
        assertEquals("A", content.get("label"));
        assertEquals(3, content.size());
        assertEquals(
                "10000",
                answer.headers().firstValue("x-ratelimit-remaining-requests").orElseThrow());
        assertTrue(answer.headers().firstValue("x-request-id").isPresent());
    }

    @Test
    void chat_scripted_saysWhatItWasTold() throws Exception {
        server.says("one", "two");

        assertEquals("one", content(chat("{\"model\":\"m\"," + MESSAGES + "}")));
        assertEquals("two", content(chat("{\"model\":\"m\"," + MESSAGES + "}")));
        assertTrue(content(chat("{\"model\":\"m\"," + MESSAGES + "}")).length() > 3);
    }

    @Test
    void chat_streamed_endsWithReasonUsageAndMark() throws Exception {
        HttpResponse<String> answer =
                chat("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}");

        assertTrue(answer.body().contains("\"finish_reason\":\"stop\""), answer::body);
        assertTrue(answer.body().contains("\"total_tokens\""));
        assertTrue(answer.body().endsWith("data: [DONE]\n\n"));
    }

    @Test
    void chat_whatThePlatformRefuses_isRefusedAsItWordsIt() throws Exception {
        assertRefused(404, "model_not_found", "{\"model\":\"missing-1\"," + MESSAGES + "}");
        assertRefused(400, "invalid_value", "{\"model\":\"m\"}");
        assertRefused(
                400,
                "invalid_value",
                "{\"model\":\"m\",\"response_format\":{\"type\":\"json_object\"}," + MESSAGES + "}");
        assertRefused(
                400,
                "context_length_exceeded",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(100_001) + "\"}]}");
        server.platform().next(FakeOpenAi.refusal(429, "rate_limit_exceeded", "requests"));
        assertRefused(429, "rate_limit_exceeded", "{\"model\":\"m\"," + MESSAGES + "}");
    }

    @Test
    void everything_withoutKey_is401() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve("models"));

        assertEquals(401, send(request).statusCode());
        assertEquals(200, send(request.header("Authorization", "Bearer k")).statusCode());
    }

    @Test
    void answers_judgedByThePlatformsDescription_fit() throws Exception {
        Optional<SpecJudge> judge = SpecJudge.load("openai.json", "/v1");
        Assumptions.assumeTrue(judge.isPresent(), "not run: no descriptions at -Dtrunkline.specs");
        chat("{\"model\":\"m\"," + MESSAGES + "," + FORM + "}");
        chat("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}");
        send(HttpRequest.newBuilder(server.address().resolve("models")).header("Authorization", "Bearer k"));

        assertEquals(
                List.of(),
                judge.get().problems(server.platform().exchanges()).stream()
                        .filter(problem -> !problem.contains("provided discriminator"))
                        .toList());
        assertEquals(List.of(), judge.get().streamProblems(server.platform().exchanges()));
    }

    private void assertRefused(int status, String code, String body) throws Exception {
        HttpResponse<String> answer = chat(body);

        assertEquals(status, answer.statusCode());
        Map<?, ?> error = (Map<?, ?>)
                Json.object(answer.body().getBytes(StandardCharsets.UTF_8)).get("error");
        assertEquals(code, error.get("code"));
    }

    private static String content(HttpResponse<String> answer) {
        Map<?, ?> choice = (Map<?, ?>) ((List<?>) Json.object(answer.body().getBytes(StandardCharsets.UTF_8))
                        .get("choices"))
                .get(0);
        return String.valueOf(((Map<?, ?>) choice.get("message")).get("content"));
    }

    private HttpResponse<String> chat(String body) throws Exception {
        return send(HttpRequest.newBuilder(server.address().resolve("chat/completions"))
                .header("Authorization", "Bearer k")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        AttemptLedger.shared().attempted(server.address());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
