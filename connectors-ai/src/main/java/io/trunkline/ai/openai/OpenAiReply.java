package io.trunkline.ai.openai;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.http.PlatformError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of an answer, and the ways in which there are none. */
final class OpenAiReply {

    private final String connection;
    private final String operation;

    OpenAiReply(String connection, String operation) {
        this.connection = connection;
        this.operation = operation;
    }

    /** What the model answers, possibly nothing. */
    String content(OpenAiWire.Completion completion) {
        List<OpenAiWire.Choice> choices = completion.choices();
        OpenAiWire.Choice choice = choices == null || choices.isEmpty() ? null : choices.get(0);
        OpenAiWire.Message message = choice == null ? null : choice.message();
        if (choice == null || message == null) {
            throw broken("the answer holds no choice");
        }
        check(choice.finishReason(), message.refusal());
        return message.content() == null ? "" : OpenAiThoughts.without(message.content());
    }

    /** Refuses an answer that the model or the server did not want to give, or could not end. */
    void check(@Nullable String finish, @Nullable String refusal) {
        if (refusal != null && !refusal.isBlank()) {
            throw failed(ErrorKind.INVALID_REQUEST, "the model refuses to answer this");
        }
        switch (finish == null ? "" : finish) {
            case "content_filter", "sensitive" ->
                throw failed(ErrorKind.INVALID_REQUEST, "the server's filter refuses the text or the answer to it");
            case "length" ->
                throw broken("the answer was cut off at the model's length; allow more tokens or send less");
            case "insufficient_system_resource", "error" ->
                throw failed(ErrorKind.UNAVAILABLE, "the server broke off; try later");
            default -> {}
        }
    }

    ConnectorException broken(String what) {
        return failed(ErrorKind.PROTOCOL, what);
    }

    ConnectorException failed(ErrorKind kind, String what) {
        return Failures.of(what, ErrorContext.of(connection, operation, kind));
    }

    /** An error that comes after the answer has begun. */
    ConnectorException failed(PlatformError error) {
        return Failures.of(
                "the stream broke off: " + error.advice(),
                ErrorContext.of(connection, operation, error.kind()).withPlatformCode(error.code()));
    }
}
