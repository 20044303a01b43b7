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
            @Nullable Object error) {}

    /** One of the answers. */
    public record Choice(
            @Nullable Message message,
            @Nullable Message delta,
            @Json(name = "finish_reason") @Nullable String finishReason) {}

    /** What was said. */
    public record Message(
            @Nullable String content, @Nullable String refusal) {}

    /** The tokens counted; transcription has other names for them. */
    public record Usage(
            @Json(name = "prompt_tokens") @Nullable Long promptTokens,
            @Json(name = "completion_tokens") @Nullable Long completionTokens,
            @Json(name = "input_tokens") @Nullable Long inputTokens,
            @Json(name = "output_tokens") @Nullable Long outputTokens) {

        long read() {
            return first(promptTokens, inputTokens);
        }

        long written() {
            return first(completionTokens, outputTokens);
        }

        static @Nullable Usage sum(@Nullable Usage one, @Nullable Usage other) {
            return one == null || other == null
                    ? one == null ? other : one
                    : new Usage(one.read() + other.read(), one.written() + other.written(), null, null);
        }

        private static long first(@Nullable Long one, @Nullable Long other) {
            return Math.max(0, one != null ? one : other != null ? other : 0);
        }
    }

    /** What was heard. */
    public record Transcription(
            @Nullable String text,
            @Nullable Usage usage,
            @Nullable Object error) {}
}
