package io.trunkline.ai.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The embedded analyzer, judged on sentences that were written by rule and not used while it was made. The tables that
 * this measures stand in {@code docs/local-language.md}, and must.
 */
@Timeout(300)
final class LocalEvaluationTest {

    /** Other processors round otherwise, which may move a few sentences. */
    private static final int MOVED = 6;

    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs/local-language.md");
    private static final Trunkline TRUNKLINE =
            Trunkline.builder().connect("local", LocalLanguage.embedded()).build();
    private static final LanguageAnalyzer LOCAL = TRUNKLINE.client(LanguageAnalyzer.class, "local");

    @AfterAll
    static void close() {
        TRUNKLINE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void heldOutSet_ofEachLanguage_isLargeBalancedAndVaried(String language) {
        List<Sentences.Labelled> all = Sentences.heldOut(language);

        assertTrue(all.size() >= 200);
        assertEquals(
                all.size(),
                all.stream().map(Sentences.Labelled::text).distinct().count());
        var cells =
                all.stream().collect(Collectors.groupingBy(each -> each.intent() + each.mood(), Collectors.counting()));
        assertEquals(18, cells.size());
        assertEquals(List.of(12L), cells.values().stream().distinct().toList());
    }

    @ParameterizedTest
    @CsvSource({"en,2,0.55", "en,8,0.60", "zh,2,0.55", "zh,8,0.60"})
    void intents_ofHeldOutSentences_areUnderstoodAsTheDocsSay(String language, int examples, double least)
            throws IOException {
        List<IntentCandidate> candidates = candidates(language, examples);
        Confusion intents = new Confusion("Intent by " + examples + " examples, " + language);
        for (Sentences.Labelled each : Sentences.heldOut(language)) {
            intents.count(
                    each.intent(), LOCAL.intent(each.text(), candidates).name().orElse("none"));
        }

        documented(intents, least);
    }

    @ParameterizedTest
    @CsvSource({"en,0.80", "zh,0.75"})
    void sentiments_ofHeldOutSentences_areUnderstoodAsTheDocsSay(String language, double least) throws IOException {
        Confusion moods = new Confusion("Sentiment, " + language);
        for (Sentences.Labelled each : Sentences.heldOut(language)) {
            Sentiment sentiment = LOCAL.sentiment(List.of(Turn.customer(each.text())));
            moods.count(each.mood().name(), sentiment.label().name());
        }

        documented(moods, least);
    }

    @Test
    void languages_ofHeldOutSentences_areDetectedAsTheDocsSay() throws IOException {
        Confusion languages = new Confusion("Language");
        for (String language : List.of("en", "zh")) {
            Sentences.heldOut(language)
                    .forEach(each -> languages.count(
                            language, LOCAL.detectLanguage(each.text()).code()));
        }
        for (String[] line : Sentences.lines("languages.txt")) {
            for (String opening : line[1].split("\\|", -1)) {
                for (String request : line[2].split("\\|", -1)) {
                    languages.count(
                            line[0], LOCAL.detectLanguage(opening + request).code());
                }
            }
        }

        documented(languages, 0.9);
    }

    @Test
    void documented_tableThatWasNotMeasured_isCaught() {
        Confusion measured = new Confusion("Control");
        measured.count("a", "a");
        Confusion other = new Confusion("Control");
        other.count("a", "b");

        assertEquals(0, measured.distance(measured.table()));
        assertTrue(measured.distance("") > 0);
        assertTrue(measured.distance(other.table()) > 0);
    }

    /** As many of each intent; the first are those that an application would write down without much thought. */
    private static List<IntentCandidate> candidates(String language, int count) {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        for (String[] line : Sentences.lines("intents-" + language + ".txt")) {
            examples.computeIfAbsent(line[0], name -> new ArrayList<>()).add(line[1]);
        }
        return examples.entrySet().stream()
                .map(each -> IntentCandidate.of(
                        each.getKey(), each.getValue().subList(0, count).toArray(String[]::new)))
                .toList();
    }

    private static void documented(Confusion measured, double least) throws IOException {
        System.out.println(measured.table());
        String docs = Files.readString(DOCS, StandardCharsets.UTF_8);
        assertTrue(
                measured.distance(docs) <= 2 * MOVED, () -> "docs/local-language.md must hold:\n" + measured.table());
        assertTrue(measured.share() >= least, measured::table);
    }
}
