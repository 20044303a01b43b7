package io.trunkline.ai.openai;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.HttpHeaders;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The errors of OpenAI and of those that speak its interface, whose bodies differ. Follows
 * platform.openai.com/docs/guides/error-codes; 429 has two meanings.
 */
final class OpenAiErrors implements ErrorDecoder {

    @Override
    public PlatformError decode(ErrorResponse response) {
        Map<String, @Nullable Object> body = body(response);
        // Older vLLM and DashScope's own gateway have no envelope; Ollama has a text in it.
        OpenAiFault fault = OpenAiFault.of(body.containsKey("error") ? body.get("error") : body);
        Object named = body.get("request_id");
        return error(response.status(), fault)
                .withRequestId(response.headers().first("x-request-id").orElse(named == null ? null : named.toString()))
                .withRetryAfter(millis(response.headers()));
    }

    @Override
    public Optional<PlatformError> inside(Object body, HttpHeaders headers) {
        Object error = body instanceof OpenAiWire.Completion completion
                ? completion.error()
                : body instanceof OpenAiWire.Transcription heard ? heard.error() : null;
        return Optional.ofNullable(error).map(OpenAiErrors::inside);
    }

    /** An error that came with status 200; the status that was meant often stands in it. */
    static PlatformError inside(Object error) {
        OpenAiFault fault = OpenAiFault.of(error);
        return error(fault.status().orElse(500), fault);
    }

    private static PlatformError error(int status, OpenAiFault fault) {
        PlatformError error = switch (fault.meaning()) {
            case NO_CREDIT -> PlatformError.of(ErrorKind.QUOTA_EXHAUSTED, "the account has no credit left; top it up");
            case TOO_LONG ->
                PlatformError.of(ErrorKind.INVALID_REQUEST, "the conversation is longer than the model reads");
            case NO_MODEL -> PlatformError.of(ErrorKind.NOT_FOUND, "the server has no such model; set another");
            case FILTERED -> PlatformError.of(ErrorKind.INVALID_REQUEST, "the server's filter refuses the text");
            case FORM ->
                PlatformError.of(
                        ErrorKind.INVALID_REQUEST,
                        "the server or model cannot be asked for a form in this way; set structured-output to"
                                + " json-object or prompt");
            case FIELD ->
                PlatformError.of(
                        ErrorKind.INVALID_REQUEST,
                        "the model does not take a field of the request; change it in request-fields, where"
                                + " null leaves it out");
            case TOO_MANY -> PlatformError.of(ErrorKind.RATE_LIMITED, "the platform asks for fewer calls; wait");
            case BAD_KEY ->
                PlatformError.of(ErrorKind.AUTHENTICATION, "the server refused the key; renew or replace it");
            case OTHER -> StatusErrors.of(status);
        };
        return error.withCode(fault.shownCode());
    }

    private static @Nullable Duration millis(HttpHeaders headers) {
        return headers.first("retry-after-ms")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .orElse(null);
    }

    private static Map<String, @Nullable Object> body(ErrorResponse response) {
        try {
            return Json.object(response.body());
        } catch (MalformedDataException e) {
            return Map.of();
        }
    }
}
