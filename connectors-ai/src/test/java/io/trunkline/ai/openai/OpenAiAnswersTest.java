package io.trunkline.ai.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.Entity;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Turn;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.Fault;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models answer, well and badly, and what becomes of it. */
final class OpenAiAnswersTest {

    private final ScriptedModel model = new ScriptedModel();

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I would say neutral.",
                "",
                "[]",
                "{\"label\":\"CALM\",\"score\":0,\"confidence\":1}",
                "{\"label\":"
            })
    void answer_outsideTheForm_isAskedForOnceMore(String wrong) {
        model.says(wrong, ScriptedModel.NEUTRAL);

        Sentiment sentiment = model.language().sentiment(ScriptedModel.TALK);

        assertEquals(Sentiment.Label.NEUTRAL, sentiment.label());
        assertEquals(20, sentiment.from().tokensRead());
        assertEquals(10, sentiment.from().tokensWritten());
        assertEquals(2, model.server.count());
        List<String> messages = model.messages();
        assertEquals(wrong.isEmpty() ? 3 : 4, messages.size());
        assertTrue(messages.get(messages.size() - 1).contains("JSON schema"), messages::toString);
    }

    @Test
    void answer_outsideTheFormTwice_isAnErrorAndNotAskedForAgain() {
        model.says("no", "no", ScriptedModel.NEUTRAL);

        assertThrows(ProtocolException.class, () -> model.language().sentiment(ScriptedModel.TALK));
        assertEquals(2, model.server.count());
    }

    @Test
    void answer_correctedTooLate_keepsTheTimeOfOneCall() {
        model.says("no", ScriptedModel.NEUTRAL);
        model.server.next(Fault.none(), Fault.silence());
        LanguageAnalyzer hurried = model.language().with(CallOptions.within(Duration.ofMillis(400)));
        long start = System.nanoTime();

        assertThrows(RetryLaterException.class, () -> hurried.sentiment(ScriptedModel.TALK));
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n%s\n```",
                "Sure! Here it is:\n%s\nIs there anything else?",
                "<think>The label is {\"label\":\"POSITIVE\"}</think>\n\n%s",
                "It may be {positive}.</think>%s"
            })
    void answer_wrappedInWordsOrThoughts_isRead(String around) {
        model.says(around.formatted(ScriptedModel.NEUTRAL));

        assertEquals(
                Sentiment.Label.NEUTRAL,
                model.language().sentiment(ScriptedModel.TALK).label());
        assertEquals(1, model.server.count());
    }

    @Test
    void answer_thoughtsInAFieldOfTheirOwn_areNotRead() {
        model.says(Map.of("role", "assistant", "content", ScriptedModel.NEUTRAL, "reasoning_content", "{}"), "stop");

        assertEquals(
                Sentiment.Label.NEUTRAL,
                model.language().sentiment(ScriptedModel.TALK).label());
    }

    @ParameterizedTest
    @CsvSource({
        "length,ProtocolException",
        "content_filter,InvalidRequestException",
        "sensitive,InvalidRequestException",
        "insufficient_system_resource,RetryLaterException"
    })
    void answer_notFinished_isAnErrorAndNotAskedForAgain(String finish, String type) {
        model.says(Map.of("content", "{\"label\":"), finish);

        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> model.language().sentiment(ScriptedModel.TALK));

        assertEquals(type, thrown.getClass().getSimpleName());
        assertEquals(1, model.server.count());
    }

    @Test
    void answer_refused_isAnInvalidRequest() {
        model.says(Map.of("role", "assistant", "refusal", "I can't help with that."), "stop");

        assertThrows(InvalidRequestException.class, () -> model.language().sentiment(ScriptedModel.TALK));
    }

    @Test
    void answer_withoutUsageModelOrFinish_isRead() {
        String bare = "{\"choices\":[{\"message\":{\"content\":" + quoted(ScriptedModel.NEUTRAL) + "}}]}";
        model.gives(FakeReply.text(200, "application/json", bare));

        Sentiment sentiment = model.language().sentiment(ScriptedModel.TALK);

        assertEquals("model-x", sentiment.from().model());
        assertEquals(0, sentiment.from().tokensRead());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"choices\":[]}", "{\"choices\":null}", "{\"choices\":[{}]}", "null", "[]", ""})
    void answer_withoutAMessage_isAProtocolError(String body) {
        model.gives(FakeReply.text(200, "application/json", body));

        assertThrows(ProtocolException.class, () -> model.language().sentiment(ScriptedModel.TALK));
    }

    @Test
    void X15_webPageInPlaceOfAnAnswer_isAProtocolError() {
        model.server.next(Fault.webPage());

        assertThrows(ProtocolException.class, () -> model.language().sentiment(ScriptedModel.TALK));
    }

    @Test
    void entities_ofAnyScript_standWhereTheTextHasThem() {
        String text = "😀 订单 A-42 和 A-42, été 😀 é";
        model.says("{\"entities\":[{\"type\":\"o\",\"text\":\"A-42\"},{\"type\":\"o\",\"text\":\"A-42\"},"
                + "{\"type\":\"o\",\"text\":\"A-42\"},{\"type\":\"o\",\"text\":\"😀\"},"
                + "{\"type\":\"o\",\"text\":\"été\"},{\"type\":\"o\",\"text\":7},7]}");

        List<Entity> found = model.language().entities(text, Set.of("o")).found();

        assertEquals(4, found.size());
        found.forEach(each -> assertTrue(text.startsWith(each.text(), each.start()), each.text()));
        assertEquals(List.of(0, 6, 13, 19), found.stream().map(Entity::start).toList());
    }

    @ParameterizedTest
    @CsvSource({"zh-CN,zh", "EN,en", "pt_BR,pt"})
    void detectLanguage_codeWithARegion_isTheLanguage(String answered, String code) {
        model.says("{\"code\":\"" + answered + "\",\"confidence\":0.9}");

        assertEquals(code, model.language().detectLanguage("text").code());
    }

    @Test
    void questions_thatCannotBeAsked_areRefusedBeforeAnythingIsSent() {
        LanguageAnalyzer language = model.language();
        IntentCandidate cancel = IntentCandidate.of("cancel", "cancel");
        List<Callable<?>> questions = List.of(
                () -> language.sentiment(List.of()),
                () -> language.sentiment(List.of(Turn.agent("hello"), Turn.customer(" "))),
                () -> language.summarise(List.of()),
                () -> language.summarise(List.of(Turn.agent(" ")), piece -> {}),
                () -> language.disposition(List.of(), Set.of("A")),
                () -> language.intent(" ", List.of(cancel)),
                () -> language.intent("x", List.of()),
                () -> language.intent("x", List.of(cancel, cancel)),
                () -> language.intent("x", List.of(IntentCandidate.of("none_of_these", "x"))),
                () -> language.entities("x", Set.of()),
                () -> language.detectLanguage(""),
                () -> language.sentiment(List.of(Turn.customer("x".repeat(200_001)))));

        questions.forEach(question -> assertThrows(IllegalArgumentException.class, question::call));
        assertEquals(0, model.server.count());
    }

    @Test
    void requestFields_ofTheApplication_areAddedAndNullLeavesOut() {
        try (ScriptedModel own = new ScriptedModel(setup -> setup.with(
                OpenAi.REQUEST_FIELDS, "{\"temperature\":null,\"enable_thinking\":false,\"max_tokens\":300}"))) {
            own.says(ScriptedModel.NEUTRAL).language().sentiment(ScriptedModel.TALK);

            Map<String, Object> asked = own.server.last().json();
            assertFalse(asked.containsKey("temperature"));
            assertEquals(false, asked.get("enable_thinking"));
            assertEquals(300L, asked.get("max_tokens"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[]", "{\"tools\":[]}", "{\"messages\":[]}", "{\"stream\":true}"})
    void requestFields_thatAreTheConnectorsOwn_areRefused(String fields) {
        assertThrows(
                ConfigurationException.class,
                () -> new ScriptedModel(setup -> setup.with(OpenAi.REQUEST_FIELDS, fields)).close());
    }

    @Test
    void questions_ofManyThreads_getTheirOwnAnswers() throws Exception {
        IntStream.range(0, 64).forEach(i -> model.says(ScriptedModel.NEUTRAL));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Callable<Sentiment>> calls = IntStream.range(0, 64)
                .<Callable<Sentiment>>mapToObj(i -> () -> model.language().sentiment(ScriptedModel.TALK))
                .toList();

        for (Future<Sentiment> answer : threads.invokeAll(calls)) {
            assertEquals(Sentiment.Label.NEUTRAL, answer.get().label());
        }
        threads.shutdownNow();
        assertEquals(64, model.server.count());
    }

    private static String quoted(String json) {
        return "\"" + json.replace("\"", "\\\"") + "\"";
    }
}
