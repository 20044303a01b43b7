package io.trunkline.ai.openai;

import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's JSON. Compatible servers leave much of it out. */
final class OpenAiWire {

    private OpenAiWire() {}

    /** The models of an account. */
    public record Models(@Nullable List<Model> data) {

        String shown() {
            return "an account with " + (data == null ? 0 : data.size()) + " models";
        }
    }

    /** A model. */
    public record Model(@Nullable String id) {}

    /** An answer, or a piece of one. */
    public record Completion(
            @Nullable String model,
            @Nullable List<Choice> choices,
            @Nullable Usage usage,
            @Nullable Failure error) {}

    /** One of the answers. */
    public record Choice(
            @Nullable Message message,
            @Nullable Message delta,
            @Json(name = "finish_reason") @Nullable String finishReason) {}

    /** What was said. */
    public record Message(
            @Nullable String content, @Nullable String refusal) {}

    /** The tokens counted. */
    public record Usage(
            @Json(name = "prompt_tokens") @Nullable Long promptTokens,
            @Json(name = "completion_tokens") @Nullable Long completionTokens) {}

    /** What was heard. */
    public record Transcription(@Nullable String text) {}

    /** An error's envelope. */
    public record Failed(@Nullable Failure error) {}

    /** An error; some servers give the code as a number. */
    public record Failure(
            @Nullable String type,
            @Nullable Object code,
            @Nullable String message) {}
}
