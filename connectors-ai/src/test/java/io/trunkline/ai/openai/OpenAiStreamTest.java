package io.trunkline.ai.openai;

import static io.trunkline.ai.openai.ScriptedModel.piece;
import static io.trunkline.ai.openai.ScriptedModel.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Summary;
import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.testkit.Fault;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A summary while it is written, over streams as servers really send them. */
final class OpenAiStreamTest {

    private static final String STOP = piece("{}", "\"stop\"");
    private static final String DONE = "data: [DONE]\n\n";

    private final ScriptedModel model = new ScriptedModel();
    private final List<String> pieces = new ArrayList<>();

    @AfterEach
    void close() {
        model.close();
    }

    private Summary summary() {
        return model.language().summarise(ScriptedModel.TALK, pieces::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void summarise_dripByteByByte_isTheSameForEveryLineEnd(String lineEnd) {
        String events = ": keep-alive\n\n" + words("线路 ") + words("is dead 😀.") + STOP + DONE;
        model.streams(events.replace("\n", lineEnd)).server.next(Fault.drip(Duration.ofMillis(1)));

        Summary summary = summary();

        assertEquals("线路 is dead 😀.", summary.text());
        assertEquals(List.of("线路 ", "is dead 😀."), pieces);
    }

    @Test
    void summarise_usageInTheLastPiece_isCounted() {
        model.streams(words("Dead.") + STOP
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4}}\n\n" + DONE);

        assertEquals(5, summary().from().tokensRead());
        assertEquals(Map.of("include_usage", true), model.server.last().json().get("stream_options"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n\n", "data:[DONE] \n\n", "data: [DONE]"})
    void summarise_serverThatNeverSaysWhyItEnded_endsWithItsMark(String mark) {
        model.streams(words("Dead.") + piece("{}", "\"\"") + mark);

        assertEquals("Dead.", summary().text());
    }

    @Test
    void summarise_serverWithoutAnEndMark_endsWithItsReason() {
        model.streams(words("Dead.") + STOP);

        assertEquals("Dead.", summary().text());
    }

    @Test
    void summarise_afterTheEndMark_nothingIsToldAnyMore() {
        model.streams(words("Dead.") + STOP + DONE + words("Ghost."));

        assertEquals("Dead.", summary().text());
        assertEquals(List.of("Dead."), pieces);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {x\n\n", "data: [1]\n\n", "data: {\"choices\":[{\"del"})
    void summarise_streamThatEndsTooEarly_isAProtocolErrorAfterItsPieces(String end) {
        model.streams(words("The ") + end);

        assertThrows(ProtocolException.class, this::summary);
        assertEquals(List.of("The "), pieces);
        assertEquals(1, model.server.count());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"error\":{\"message\":\"overloaded\"}}',RetryLaterException",
        "'{\"error\":{\"code\":429}}',RetryLaterException",
        "'{\"error\":{\"code\":\"content_filter\"}}',InvalidRequestException",
        "'{\"error\":\"model ''x'' not found\"}',NotFoundException"
    })
    void X16_errorInTheMiddleOfAStream_isItsKindAndNotRepeated(String event, String type) {
        model.streams(words("The ") + "data: " + event + "\n\n");

        ConnectorException thrown = assertThrows(ConnectorException.class, this::summary);

        assertEquals(type, thrown.getClass().getSimpleName());
        assertEquals(1, model.server.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_filter", "sensitive"})
    void summarise_filteredInTheMiddle_isAnInvalidRequest(String finish) {
        model.streams(words("The ") + piece("{}", "\"" + finish + "\"") + DONE);

        assertThrows(InvalidRequestException.class, this::summary);
    }

    @Test
    void summarise_refusedOrTooLong_isAnError() {
        model.streams(piece("{\"refusal\":\"no\"}", "null") + DONE);
        assertThrows(InvalidRequestException.class, this::summary);

        model.streams(words("The ") + piece("{}", "\"length\"") + DONE);
        assertThrows(ProtocolException.class, this::summary);
    }

    @Test
    void summarise_nothingButThoughtsOrBlanks_isAnError() {
        model.streams(words("<think>hm") + words("</think>") + words("  ") + STOP + DONE);

        assertThrows(ProtocolException.class, this::summary);
        assertEquals(List.of(), pieces);
    }

    @Test
    void summarise_thoughtsBeforeTheAnswer_areNotTold() {
        model.streams(words("\\n<thi")
                + words("nk>The customer <b> is")
                + words(" angry.</th")
                + words("ink>\\n\\nThe ")
                + words("line <think> is dead.")
                + STOP
                + DONE);

        assertEquals("The line <think> is dead.", summary().text());
        assertEquals(List.of("The ", "line <think> is dead."), pieces);
    }

    @ParameterizedTest
    @CsvSource({"<b>bold</b>", "<", "<th", "<thin"})
    void summarise_wordsThatOnlyBeginLikeThoughts_areTold(String start) {
        model.streams(words(start) + words("x") + STOP + DONE);

        assertEquals(start + "x", summary().text());
        assertEquals(start + "x", String.join("", pieces));
    }

    @Test
    void summarise_connectionCutInTheMiddle_isARetryLaterAfterItsPieces() {
        model.streams((words("The ") + ": filling\n").repeat(200) + STOP + DONE)
                .server
                .next(Fault.cut());

        assertThrows(RetryLaterException.class, this::summary);
        assertFalse(pieces.isEmpty());
        assertEquals(1, model.server.count());
    }

    @Test
    void summarise_streamSlowerThanTheCallMayTake_endsAtTheDeadline() {
        model.streams(words("The ") + words("line") + STOP).server.next(Fault.drip(Duration.ofMillis(20)));
        LanguageAnalyzer hurried = model.language().with(CallOptions.within(Duration.ofMillis(300)));
        long start = System.nanoTime();

        RetryLaterException thrown =
                assertThrows(RetryLaterException.class, () -> hurried.summarise(ScriptedModel.TALK, pieces::add));

        assertEquals("TIMEOUT", thrown.context().kind().name());
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
    }

    @Test
    void summarise_listenerThatThrows_endsTheStreamAndIsToldNoMore() {
        model.streams(words("The ").repeat(50) + STOP + DONE);
        IllegalStateException enough = new IllegalStateException("enough");

        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> model.language().summarise(ScriptedModel.TALK, piece -> {
                    pieces.add(piece);
                    throw enough;
                }));

        assertEquals(enough, thrown);
        assertEquals(1, pieces.size());
    }

    @Test
    void summarise_interruptedWhileItIsWritten_isCancelled() {
        model.streams(words("The ").repeat(500) + STOP + DONE).server.next(Fault.drip(Duration.ofMillis(1)));

        assertThrows(
                CancelledException.class,
                () -> model.language().summarise(ScriptedModel.TALK, piece -> {
                    pieces.add(piece);
                    Thread.currentThread().interrupt();
                }));

        assertTrue(Thread.interrupted());
        assertTrue(pieces.size() < 500);
    }
}
