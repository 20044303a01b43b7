package io.trunkline.ai.openai;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.HttpHeaders;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platform's errors. Follows platform.openai.com/docs/guides/error-codes; 429 has two meanings. */
final class OpenAiErrors implements ErrorDecoder {

    private static final JsonCodec<OpenAiWire.Failed> FAILED = Json.codec(OpenAiWire.Failed.class);

    @Override
    public PlatformError decode(ErrorResponse response) {
        OpenAiWire.Failure failure = failure(response.body());
        return error(response.status(), failure)
                .withRequestId(response.headers().first("x-request-id").orElse(null))
                .withRetryAfter(millis(response.headers()));
    }

    @Override
    public Optional<PlatformError> inside(Object body, HttpHeaders headers) {
        return body instanceof OpenAiWire.Completion completion && completion.error() != null
                ? Optional.of(error(500, completion.error()))
                : Optional.empty();
    }

    private static PlatformError error(int status, OpenAiWire.@Nullable Failure failure) {
        String code = code(failure);
        PlatformError error = switch (code) {
            case "insufficient_quota", "billing_hard_limit_reached" ->
                PlatformError.of(ErrorKind.QUOTA_EXHAUSTED, "the account has no credit left; top it up");
            case "context_length_exceeded" ->
                PlatformError.of(ErrorKind.INVALID_REQUEST, "the conversation is longer than the model reads");
            case "model_not_found" ->
                PlatformError.of(ErrorKind.NOT_FOUND, "the server has no such model; set another");
            case "content_filter", "content_policy_violation" ->
                PlatformError.of(ErrorKind.INVALID_REQUEST, "the server's filter refuses the text");
            default -> StatusErrors.of(status);
        };
        return error.withCode(code.isEmpty() ? null : code);
    }

    private static String code(OpenAiWire.@Nullable Failure failure) {
        if (failure == null) {
            return "";
        }
        Object code = failure.code();
        return code != null ? code.toString() : failure.type() == null ? "" : failure.type();
    }

    private static @Nullable Duration millis(HttpHeaders headers) {
        return headers.first("retry-after-ms")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .orElse(null);
    }

    private static OpenAiWire.@Nullable Failure failure(byte[] body) {
        try {
            return FAILED.read(body).error();
        } catch (MalformedDataException e) {
            return null;
        }
    }
}
