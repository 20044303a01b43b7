package io.trunkline.ai.openai;

import io.trunkline.ai.DetectedLanguage;
import io.trunkline.ai.Disposition;
import io.trunkline.ai.Entities;
import io.trunkline.ai.Entity;
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
import org.jspecify.annotations.Nullable;

/** Understanding by a chat model. Whatever it answers outside what was allowed is an error. */
final class OpenAiLanguage implements LanguageAnalyzer {

    private static final String NONE = "none_of_these";

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
                OpenAiChat.data(turns),
                form,
                options);
        String label = choice(answer.fields(), "label", labels);
        double score = Math.max(-1, number(answer.fields(), "score"));
        return new Sentiment(
                Sentiment.Label.valueOf(label), Math.min(1, score), confidence(answer.fields()), answer.from());
    }

    @Override
    public Intent intent(String text, List<IntentCandidate> candidates) {
        List<String> names =
                new ArrayList<>(candidates.stream().map(IntentCandidate::name).toList());
        names.add(NONE);
        OpenAiForm form = OpenAiForm.of("intent").choice("intent", names).number("confidence");
        List<Map<String, Object>> offered = candidates.stream()
                .map(each -> Map.<String, Object>of(
                        "intent", each.name(), "meaning", each.description(), "examples", each.examples()))
                .toList();
        OpenAiChat.Answer answer = chat.ask(
                "Say which of the intents the customer's text means, or " + NONE + ", with confidence from 0 to 1.",
                Map.of("intents", offered, "text", text),
                form,
                options);
        String chosen = choice(answer.fields(), "intent", names);
        double confidence = confidence(answer.fields());
        boolean none = chosen.equals(NONE);
        return new Intent(
                none ? null : chosen, confidence, none ? Map.of() : Map.of(chosen, confidence), answer.from());
    }

    @Override
    public Entities entities(String text, Set<String> types) {
        List<String> allowed = List.copyOf(new TreeSet<>(types));
        OpenAiForm item = OpenAiForm.of("entity").choice("type", allowed).text("text");
        OpenAiChat.Answer answer = chat.ask(
                "List everything of the given types that the text names, with the words exactly as they stand in it.",
                Map.of("types", allowed, "text", text),
                OpenAiForm.of("entities").list("entities", item),
                options);
        List<Entity> found = new ArrayList<>();
        if (answer.fields().get("entities") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> entity) {
                    String words = String.valueOf(entity.get("text"));
                    String type = String.valueOf(entity.get("type"));
                    // Models make up what would fit; what does not stand in the text is not passed on.
                    if (types.contains(type) && text.contains(words) && !words.isBlank()) {
                        found.add(new Entity(type, words));
                    }
                }
            }
        }
        return new Entities(found, answer.from());
    }

    @Override
    public Summary summarise(List<Turn> turns) {
        OpenAiChat.Answer answer = chat.ask(
                OpenAiSummary.TASK,
                OpenAiChat.data(turns),
                OpenAiForm.of("summary").text("summary"),
                options);
        if (answer.fields().get("summary") instanceof String text && !text.isBlank()) {
            return new Summary(text, answer.from());
        }
        throw chat.broken("the model did not answer in the form that was asked for");
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
        return new Disposition(choice(answer.fields(), "code", codes), confidence(answer.fields()), answer.from());
    }

    @Override
    public DetectedLanguage detectLanguage(String text) {
        OpenAiChat.Answer answer = chat.ask(
                "Say the language of the text as an ISO 639-1 code, with confidence from 0 to 1.",
                Map.of("text", text),
                OpenAiForm.of("language").text("code").number("confidence"),
                options);
        String code = String.valueOf(answer.fields().get("code")).toLowerCase(Locale.ROOT);
        if (!code.matches("[a-z]{2}")) {
            throw chat.broken("the model did not answer with a language code");
        }
        return new DetectedLanguage(code, confidence(answer.fields()), answer.from());
    }

    private String choice(Map<String, @Nullable Object> fields, String name, List<String> allowed) {
        Object value = fields.get(name);
        if (value instanceof String text && allowed.contains(text)) {
            return text;
        }
        throw chat.broken("the model answered outside of what was allowed");
    }

    private double confidence(Map<String, @Nullable Object> fields) {
        return Math.min(1, Math.max(0, number(fields, "confidence")));
    }

    private double number(Map<String, @Nullable Object> fields, String name) {
        if (fields.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw chat.broken("the model did not answer in the form that was asked for");
    }
}
