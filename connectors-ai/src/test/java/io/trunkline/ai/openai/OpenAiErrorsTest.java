package io.trunkline.ai.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.HttpHeaders;
import io.trunkline.http.PlatformError;
import io.trunkline.http.RateWindow;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors and quotas of the servers that speak this interface, each in its own form. */
final class OpenAiErrorsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private static PlatformError decoded(int status, String body, Map<String, List<String>> headers) {
        return new OpenAiErrors()
                .decode(new ErrorResponse("openai.chat", status, HttpHeaders.of(headers), ScriptedModel.utf8(body)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OpenAI    | 401 | {"error":{"message":"m","type":"invalid_request_error","param":null,"code":"invalid_api_key"}} | AUTHENTICATION | invalid_api_key
            OpenAI    | 429 | {"error":{"message":"m","type":"insufficient_quota","param":null,"code":"insufficient_quota"}} | QUOTA_EXHAUSTED | insufficient_quota
            OpenAI    | 429 | {"error":{"message":"m","type":"requests","code":"rate_limit_exceeded"}} | RATE_LIMITED | rate_limit_exceeded
            OpenAI    | 400 | {"error":{"message":"m","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}} | INVALID_REQUEST | unsupported_value
            OpenAI    | 500 | {"error":{"message":"m","type":"server_error","code":null}} | UNAVAILABLE | server_error
            DeepSeek  | 402 | {"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}} | QUOTA_EXHAUSTED | invalid_request_error
            DeepSeek  | 400 | {"error":{"message":"This model's maximum context length is 65536 tokens.","code":"invalid_request_error"}} | INVALID_REQUEST | invalid_request_error
            DeepSeek  | 503 | {"error":{"message":"overloaded","type":"x","code":null}} | UNAVAILABLE | x
            Qwen      | 429 | {"error":{"message":"m","type":"limit_requests","code":"limit_requests"},"request_id":"r-1"} | RATE_LIMITED | limit_requests
            Qwen      | 400 | {"error":{"message":"m","code":"data_inspection_failed"}} | INVALID_REQUEST | data_inspection_failed
            Qwen      | 400 | {"code":"Arrearage","message":"m","request_id":"r-1"} | QUOTA_EXHAUSTED | Arrearage
            Qwen      | 401 | {"code":"InvalidApiKey","message":"m","request_id":"r-1"} | AUTHENTICATION | InvalidApiKey
            vLLM      | 404 | {"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404} | NOT_FOUND | NotFoundError
            vLLM      | 400 | {"error":{"message":"maximum context length is 8192","type":"BadRequestError","code":400}} | INVALID_REQUEST | BadRequestError
            Ollama    | 404 | {"error":"model 'x' not found"} | NOT_FOUND |
            Ollama    | 404 | {"error":{"message":"model 'x' not found","type":"api_error","code":null}} | NOT_FOUND | api_error
            a proxy   | 502 | <html>Bad gateway</html> | UNAVAILABLE |
            a proxy   | 503 | | UNAVAILABLE |
            a proxy   | 400 | [1] | INVALID_REQUEST |
            a proxy   | 400 | {"detail":[{"loc":["body"]}]} | INVALID_REQUEST |
            """)
    void error_ofEachServer_isTheKindThatItMeans(String server, int status, String body, String kind, String code) {
        PlatformError error = decoded(status, body == null ? "" : body, Map.of());

        assertEquals(kind, error.kind().name(), server);
        assertEquals(code, error.code(), server);
    }

    @ParameterizedTest
    @CsvSource({
        "This response_format type is unavailable now,structured-output",
        "'response_format.type: json_schema is not supported',structured-output",
        "parameter.enable_thinking must be set to false for non-streaming calls,request-fields",
        "'Unsupported value: temperature does not support 0',request-fields",
        "Range of input length should be [1 - 30720],longer than the model reads",
        "model \"x\" not found,set another"
    })
    void error_thatASettingMends_namesTheSetting(String message, String advice) {
        String body = "{\"error\":{\"message\":\"" + message.replace("\"", "\\\"") + "\"}}";

        assertTrue(decoded(400, body, Map.of()).advice().contains(advice));
    }

    @Test
    void error_requestIds_areTakenFromHeaderOrBody() {
        assertEquals(
                "h",
                decoded(500, "{\"request_id\":\"b\"}", Map.of("X-Request-Id", List.of("h")))
                        .requestId());
        assertEquals("b", decoded(500, "{\"request_id\":\"b\"}", Map.of()).requestId());
    }

    @ParameterizedTest
    @CsvSource({"1500,PT1.5S", "-1,", "1e9,", "'',", "9999999999,"})
    void X21_retryAfterInMilliseconds_isReadOrIgnored(String value, Duration wait) {
        assertEquals(
                wait,
                decoded(429, "{}", Map.of("retry-after-ms", List.of(value))).retryAfter());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"code\":429,\"message\":\"m\"}',RetryLaterException",
        "'{\"code\":401,\"message\":\"m\"}',AuthenticationException",
        "'{\"code\":\"context_length_exceeded\"}',InvalidRequestException",
        "'\"model ''x'' not found\"',NotFoundException"
    })
    void X16_errorInsideOfASuccess_isAnError(String error, String type) {
        try (ScriptedModel model = new ScriptedModel()) {
            FakeReply reply = FakeReply.text(200, "application/json", "{\"error\":" + error + "}");
            model.gives(reply).gives(reply).gives(reply);

            RuntimeException thrown =
                    assertThrows(RuntimeException.class, () -> model.language().sentiment(ScriptedModel.TALK));

            assertEquals(type, thrown.getClass().getSimpleName());
        }
    }

    @Test
    void error_thatQuotesTheCustomer_isNotRepeated() {
        try (ScriptedModel model = new ScriptedModel()) {
            String body = "{\"error\":{\"message\":\"" + Canary.text() + "\",\"param\":\"" + Canary.text() + "\"}}";
            model.server.next(Fault.answer(400, "application/json", body));

            ConnectorException thrown = Leaks.saw(assertThrows(
                    ConnectorException.class, () -> model.language().sentiment(ScriptedModel.TALK)));

            assertEquals(400, thrown.context().status().orElseThrow());
            assertFalse(OpenAiFault.of(Map.of("message", "quoted")).toString().contains("quoted"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0,120", "soon"})
    void X22_throttledWithoutAReadableWait_isTriedAgainAfterAPause(String retryAfter) {
        try (ScriptedModel model = new ScriptedModel()) {
            model.says(ScriptedModel.NEUTRAL).server.next(Fault.throttled(retryAfter));

            model.language().sentiment(ScriptedModel.TALK);

            assertEquals(2, model.server.count());
        }
    }

    @Test
    void X20_throttledForLongerThanTheCallMayTake_saysWhenToComeBack() {
        try (ScriptedModel model = new ScriptedModel()) {
            model.server.next(Fault.throttled("3600"));

            RetryLaterException thrown = assertThrows(
                    RetryLaterException.class, () -> model.language().sentiment(ScriptedModel.TALK));

            assertTrue(thrown.context().retryAt().isPresent());
            assertEquals(1, model.server.count());
        }
    }

    @Test
    void quota_spent_holdsTheNextCallBackWithoutSendingIt() {
        try (ScriptedModel model = new ScriptedModel()) {
            model.gives(FakeReply.json(200, ScriptedModel.completion(Map.of("content", ScriptedModel.NEUTRAL), "stop"))
                    .header("x-ratelimit-limit-tokens", "40000")
                    .header("x-ratelimit-remaining-tokens", "0")
                    .header("x-ratelimit-reset-tokens", "6m0s"));
            model.language().sentiment(ScriptedModel.TALK);

            assertThrows(RetryLaterException.class, () -> model.language().sentiment(ScriptedModel.TALK));
            assertEquals(1, model.server.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "60 59 1s 150000 149000 6m0s,59",
        "60 59 1s 150000 0 6m0s,0",
        "60 0 1s 150000 0 20ms,0",
        "60 59 1s - - -,59",
        "60 59 1s 0 0 1s,59",
        "-1 -1 0 - - -,",
        "60 59 17 - - -,",
        "- - - - - -,"
    })
    void quota_ofRequestsAndTokens_isTheOneThatEndsFirst(String values, Long told) {
        String[] value = values.split(" ", -1);
        Map<String, List<String>> headers = new HashMap<>();
        for (String of : List.of("requests", "tokens")) {
            int first = of.equals("requests") ? 0 : 3;
            headers.put("x-ratelimit-limit-" + of, List.of(value[first]));
            headers.put("x-ratelimit-remaining-" + of, List.of(value[first + 1]));
            headers.put("x-ratelimit-reset-" + of, List.of(value[first + 2]));
        }

        Long remaining = new OpenAiQuota()
                .read(HttpHeaders.of(headers), NOW)
                .map(RateWindow::remaining)
                .orElse(null);

        assertEquals(told, remaining);
    }
}
