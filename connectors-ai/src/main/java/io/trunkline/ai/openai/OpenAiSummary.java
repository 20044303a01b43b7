package io.trunkline.ai.openai;

import io.trunkline.ai.Summary;
import io.trunkline.ai.Turn;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.http.ServerSentEvent;
import io.trunkline.http.ServerSentEvents;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.CallOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A summary whose words are given on as they are written. */
final class OpenAiSummary {

    static final String TASK = "Summarise the conversation for the agent's note in at most four sentences, in its own"
            + " language: what the customer wanted, what was done, what is open.";

    private static final JsonCodec<OpenAiWire.Completion> PIECE = Json.codec(OpenAiWire.Completion.class);
    private static final String END = "[DONE]";

    private final OpenAiChat chat;
    private final CallOptions options;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String model;
    private @Nullable String finish;
    private OpenAiWire.@Nullable Usage usage;

    OpenAiSummary(OpenAiChat chat, CallOptions options) {
        this.chat = chat;
        this.options = options;
    }

    Summary stream(List<Turn> turns, Consumer<String> pieces) {
        Map<String, @Nullable Object> request = chat.request(TASK, OpenAiChat.data(turns));
        request.put("stream", true);
        request.put("stream_options", Map.of("include_usage", true));
        long start = chat.now();
        try (ServerSentEvents events = chat.api().stream(request).execute(options)) {
            for (Optional<ServerSentEvent> event = events.next(); event.isPresent(); event = events.next()) {
                if (event.get().data().equals(END)) {
                    break;
                }
                piece(event.get().data(), pieces);
            }
        } catch (IOException e) {
            throw Failures.of(
                    "the stream broke off", ErrorContext.of(chat.connection(), "openai.stream", ErrorKind.TRANSPORT));
        } catch (MalformedDataException e) {
            throw chat.broken("a piece of the stream is not what the platform documents");
        }
        if (text.isEmpty() || finish == null || finish.equals("length")) {
            throw chat.broken("the answer is empty or was cut off");
        }
        return new Summary(text.toString(), chat.provenance(model, start, usage));
    }

    private void piece(String data, Consumer<String> pieces) {
        OpenAiWire.Completion piece = PIECE.read(data.getBytes(StandardCharsets.UTF_8));
        if (piece.error() != null) {
            throw chat.broken("the server broke off with an error");
        }
        model = piece.model() == null ? model : piece.model();
        usage = piece.usage() == null ? usage : piece.usage();
        List<OpenAiWire.Choice> choices = piece.choices();
        if (choices == null || choices.isEmpty()) {
            return;
        }
        OpenAiWire.Choice choice = choices.get(0);
        String reason = choice.finishReason();
        finish = reason == null || reason.isEmpty() ? finish : reason;
        OpenAiWire.Message delta = choice.delta();
        if (delta != null && delta.content() != null && !delta.content().isEmpty()) {
            text.append(delta.content());
            pieces.accept(delta.content());
        }
    }
}
