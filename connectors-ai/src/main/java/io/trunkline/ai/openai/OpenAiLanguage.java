package io.trunkline.ai.openai;

import io.trunkline.ai.DetectedLanguage;
import io.trunkline.ai.Disposition;
import io.trunkline.ai.Entities;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Summary;
import io.trunkline.ai.Turn;
import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understanding by a chat model. Whatever it answers outside what was allowed is an error. */
final class OpenAiLanguage implements LanguageAnalyzer {

    private static final String NONE = "none_of_these";
    private static final Pattern CODE = Pattern.compile("([a-z]{2})(?:[-_][a-z0-9]{2,8})*");

    private final OpenAiChat chat;
    private final CallOptions options;

    OpenAiLanguage(OpenAiChat chat, CallOptions options) {
        this.chat = chat;
        this.options = options;
    }

    @Override
    public String connection() {
        return chat.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return new OpenAi().descriptor().capabilitiesOf("language");
    }

    @Override
    public LanguageAnalyzer with(CallOptions value) {
        return new OpenAiLanguage(chat, value);
    }

    @Override
    public Sentiment sentiment(List<Turn> turns) {
        List<String> labels =
                Arrays.stream(Sentiment.Label.values()).map(Enum::name).toList();
        OpenAiForm form = OpenAiForm.of("sentiment")
                .choice("label", labels)
                .number("score")
                .number("confidence");
        OpenAiChat.Answer answer = chat.ask(
                "Say how the customer feels: label, score from -1 (very bad) to 1 (very good), confidence from 0 to 1.",
                OpenAiChat.dataOfCustomer(turns),
                form,
                options);
        return new Sentiment(
                Sentiment.Label.valueOf(answer.text("label")),
                answer.number("score", -1, 1),
                confidence(answer),
                answer.from());
    }

    @Override
    public Intent intent(String text, List<IntentCandidate> candidates) {
        List<String> names =
                new ArrayList<>(candidates.stream().map(IntentCandidate::name).toList());
        names.add(NONE);
        check(text, candidates.size());
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("candidates must have names of their own, other than " + NONE);
        }
        List<Map<String, Object>> offered = candidates.stream()
                .map(each -> Map.<String, Object>of(
                        "intent", each.name(), "meaning", each.description(), "examples", each.examples()))
                .toList();
        OpenAiChat.Answer answer = chat.ask(
                "Say which of the intents the customer's text means, or " + NONE + ", with confidence from 0 to 1.",
                Map.of("intents", offered, "text", text),
                OpenAiForm.of("intent").choice("intent", names).number("confidence"),
                options);
        String chosen = answer.text("intent");
        double confidence = confidence(answer);
        return chosen.equals(NONE)
                ? new Intent(null, confidence, Map.of(), answer.from())
                : new Intent(chosen, confidence, Map.of(chosen, confidence), answer.from());
    }

    @Override
    public Entities entities(String text, Set<String> types) {
        check(text, types.size());
        List<String> allowed = List.copyOf(new TreeSet<>(types));
        OpenAiForm item = OpenAiForm.of("entity").choice("type", allowed).text("text");
        OpenAiChat.Answer answer = chat.ask(
                "List everything of the given types that the text names, in order, with the words exactly as they stand"
                        + " in it.",
                Map.of("types", allowed, "text", text),
                OpenAiForm.of("entities").list("entities", item),
                options);
        return new Entities(OpenAiEntities.in(text, types, answer.fields().get("entities")), answer.from());
    }

    @Override
    public Summary summarise(List<Turn> turns) {
        OpenAiChat.Answer answer = chat.ask(
                OpenAiSummary.TASK,
                OpenAiChat.data(turns),
                OpenAiForm.of("summary").text("summary"),
                options);
        if (answer.text("summary").isBlank()) {
            throw new OpenAiReply(connection(), "openai.chat").broken("the answer is empty");
        }
        return new Summary(answer.text("summary"), answer.from());
    }

    @Override
    public Summary summarise(List<Turn> turns, Consumer<String> pieces) {
        return new OpenAiSummary(chat, options).stream(turns, pieces);
    }

    @Override
    public Disposition disposition(List<Turn> turns, Set<String> allowed) {
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("at least one disposition code must be allowed");
        }
        List<String> codes = List.copyOf(new TreeSet<>(allowed));
        OpenAiChat.Answer answer = chat.ask(
                "Say which of the codes tells best how the conversation ended, with confidence from 0 to 1.",
                Map.of("codes", codes, "turns", OpenAiChat.data(turns)),
                OpenAiForm.of("disposition").choice("code", codes).number("confidence"),
                options);
        return new Disposition(answer.text("code"), confidence(answer), answer.from());
    }

    @Override
    public DetectedLanguage detectLanguage(String text) {
        check(text, 1);
        OpenAiChat.Answer answer = chat.ask(
                "Say the language of the text as an ISO 639-1 code, with confidence from 0 to 1.",
                Map.of("text", text),
                OpenAiForm.of("language").text("code").number("confidence"),
                options);
        Matcher code = CODE.matcher(answer.text("code").toLowerCase(Locale.ROOT));
        if (!code.matches()) {
            throw new OpenAiReply(connection(), "openai.chat").broken("the model did not answer with a language code");
        }
        return new DetectedLanguage(code.group(1), confidence(answer), answer.from());
    }

    private static void check(String text, int choices) {
        if (text.isBlank() || choices == 0) {
            throw new IllegalArgumentException("a text and at least one thing to look for are required");
        }
    }

    private static double confidence(OpenAiChat.Answer answer) {
        return answer.number("confidence", 0, 1);
    }
}
