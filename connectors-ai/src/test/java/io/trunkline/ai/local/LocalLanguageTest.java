package io.trunkline.ai.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Turn;
import io.trunkline.error.UnsupportedCapabilityException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The embedded analyzer, judged on sentences that were written by rule and were not looked at while it was made. The
 * matrices that this prints stand in {@code docs/local-language.md}.
 */
@Timeout(300)
final class LocalLanguageTest {

    private static final Trunkline TRUNKLINE =
            Trunkline.builder().connect("local", LocalLanguage.embedded()).build();
    private static final LanguageAnalyzer LOCAL = TRUNKLINE.client(LanguageAnalyzer.class, "local");

    private static final List<IntentCandidate> EN = List.of(
            IntentCandidate.of("cancel", "I want to cancel", "Please cancel my subscription"),
            IntentCandidate.of("status", "Where is my order?", "When will it be delivered?"),
            IntentCandidate.of("refund", "I want a refund", "Give me my money back"),
            IntentCandidate.of("fault", "It does not work", "My connection is broken"),
            IntentCandidate.of("billing", "I have a question about my bill", "The amount is wrong"),
            IntentCandidate.of("agent", "I want to talk to a person", "Connect me to somebody"));
    private static final List<IntentCandidate> ZH = List.of(
            IntentCandidate.of("cancel", "我要取消", "请取消我的套餐"),
            IntentCandidate.of("status", "我的订单到哪里了", "什么时候送到"),
            IntentCandidate.of("refund", "我要退款", "把钱退给我"),
            IntentCandidate.of("fault", "用不了了", "我的网络坏了"),
            IntentCandidate.of("billing", "我想问账单", "金额不对"),
            IntentCandidate.of("agent", "我要和人说话", "请帮我转接"));

    @AfterAll
    static void close() {
        TRUNKLINE.close();
    }

    private record Labelled(String intent, Sentiment.Label sentiment, String text) {}

    private static List<Labelled> labelled(String language) throws IOException {
        try (var file = LocalLanguageTest.class.getResourceAsStream("labelled-" + language + ".tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Labelled(parts[0], Sentiment.Label.valueOf(parts[1]), parts[2]))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"en,0.80,0.70", "zh,0.80,0.70"})
    void heldOutSentences_ofEachLanguage_areUnderstood(String language, double intents, double sentiments)
            throws IOException {
        List<Labelled> all = labelled(language);
        assertTrue(all.size() >= 200);
        Map<String, Map<String, Integer>> ofIntents = new TreeMap<>();
        Map<String, Map<String, Integer>> ofSentiments = new TreeMap<>();
        for (Labelled each : all) {
            Intent intent = LOCAL.intent(each.text(), language.equals("zh") ? ZH : EN);
            count(ofIntents, each.intent(), intent.name().orElse("none"));
            Sentiment sentiment = LOCAL.sentiment(List.of(Turn.customer(each.text())));
            count(ofSentiments, each.sentiment().name(), sentiment.label().name());
        }
        double intentShare = right(ofIntents, all.size());
        double sentimentShare = right(ofSentiments, all.size());
        System.out.printf("%s intent %.3f %s%n", language, intentShare, ofIntents);
        System.out.printf("%s sentiment %.3f %s%n", language, sentimentShare, ofSentiments);

        assertTrue(intentShare >= intents, () -> language + " intent " + intentShare);
        assertTrue(sentimentShare >= sentiments, () -> language + " sentiment " + sentimentShare);
    }

    @Test
    void intent_ofSomethingElse_isNone() {
        assertTrue(
                LOCAL.intent("Mozart was born in Salzburg in 1756", EN).name().isEmpty());
        assertTrue(LOCAL.intent("莫扎特一七五六年出生", ZH).name().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "I would like to cancel my contract please,en",
        "我想取消我的订单,zh",
        "Ich möchte bitte meinen Vertrag kündigen und zwar sofort,de",
        "Je voudrais annuler mon abonnement s'il vous plaît,fr"
    })
    void detectLanguage_ofASentence_isItsCode(String text, String code) {
        assertEquals(code, LOCAL.detectLanguage(text).code());
    }

    @Test
    void analyzer_whatItCannot_throwsAndWhatItCanSaysWhereFrom() {
        assertThrows(UnsupportedCapabilityException.class, () -> LOCAL.summarise(List.of(Turn.customer("x"))));
        assertThrows(IllegalArgumentException.class, () -> LOCAL.sentiment(List.of(Turn.agent("x"))));
        assertEquals("e5-small-v2-q", LOCAL.intent("cancel", EN).from().model());
        assertTrue(TRUNKLINE.verify("local", Duration.ofSeconds(20)).contains("opennlp"));
    }

    private static void count(Map<String, Map<String, Integer>> matrix, String expected, String given) {
        matrix.computeIfAbsent(expected, row -> new TreeMap<>()).merge(given, 1, Integer::sum);
    }

    private static double right(Map<String, Map<String, Integer>> matrix, int all) {
        int right = matrix.entrySet().stream()
                .mapToInt(row -> row.getValue().getOrDefault(row.getKey(), 0))
                .sum();
        return right / (double) all;
    }
}
