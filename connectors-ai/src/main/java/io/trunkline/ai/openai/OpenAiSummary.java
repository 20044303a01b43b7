package io.trunkline.ai.openai;

import io.trunkline.ai.Summary;
import io.trunkline.ai.Turn;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.ServerSentEvent;
import io.trunkline.http.ServerSentEvents;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.CallOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
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
    private final OpenAiReply reply;
    private final OpenAiThoughts thoughts = new OpenAiThoughts();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String model;
    private OpenAiWire.@Nullable Usage usage;
    private boolean ended;

    OpenAiSummary(OpenAiChat chat, CallOptions options) {
        this.chat = chat;
        this.options = options;
        this.reply = new OpenAiReply(chat.connection(), "openai.stream");
    }

    Summary stream(List<Turn> turns, Consumer<String> pieces) {
        Map<String, @Nullable Object> request = chat.request(TASK, OpenAiChat.data(turns));
        request.put("stream", true);
        request.putIfAbsent("stream_options", Map.of("include_usage", true));
        long start = chat.now();
        try (ServerSentEvents events = chat.api().stream(request).execute(options)) {
            for (Optional<ServerSentEvent> event = events.next(); event.isPresent(); event = events.next()) {
                if (event.get().data().strip().equals(END)) {
                    ended = true;
                    break;
                }
                piece(event.get().data(), pieces);
            }
        } catch (IOException e) {
            throw brokenOff(e);
        } catch (MalformedDataException e) {
            throw reply.broken("a piece of the stream is not what the platform documents");
        }
        if (!ended || text.toString().isBlank()) {
            throw reply.broken(ended ? "the answer is empty" : "the stream ended before the answer did");
        }
        return new Summary(text.toString(), chat.provenance(start, model, usage));
    }

    private void piece(String data, Consumer<String> pieces) {
        OpenAiWire.Completion piece = PIECE.read(data.getBytes(StandardCharsets.UTF_8));
        if (piece.error() != null) {
            throw reply.failed(OpenAiErrors.inside(piece.error()));
        }
        model = piece.model() == null ? model : piece.model();
        usage = piece.usage() == null ? usage : piece.usage();
        List<OpenAiWire.Choice> choices = piece.choices();
        if (choices == null || choices.isEmpty()) {
            return;
        }
        OpenAiWire.Choice choice = choices.get(0);
        OpenAiWire.Message delta = choice.delta();
        if (delta != null && delta.content() != null) {
            told(thoughts.pass(delta.content()), pieces);
        }
        reply.check(choice.finishReason(), delta == null ? null : delta.refusal());
        ended |= choice.finishReason() != null && !choice.finishReason().isEmpty();
    }

    private void told(String words, Consumer<String> pieces) {
        if (!words.isEmpty()) {
            text.append(words);
            pieces.accept(words);
        }
    }

    private ConnectorException brokenOff(IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return reply.failed(ErrorKind.CANCELLED, "the caller gave up while the answer was written");
        }
        return cause instanceof InterruptedIOException
                ? reply.failed(ErrorKind.TIMEOUT, "the answer was not written within the time")
                : reply.failed(ErrorKind.TRANSPORT, "the stream broke off");
    }
}
