package io.trunkline.ai.local;

import io.trunkline.ai.DetectedLanguage;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Speaker;
import io.trunkline.ai.Turn;
import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opennlp.tools.langdetect.Language;

/** Understanding by likeness to examples. */
final class LocalAnalyzer implements LanguageAnalyzer {

    private static final int LONGEST = 2_000;
    private static final double SHARPNESS = 0.03;
    private static final Map<String, String> CODES = Map.of(
            "eng", "en", "cmn", "zh", "deu", "de", "fra", "fr", "spa", "es", "jpn", "ja", "kor", "ko", "por", "pt",
            "ita", "it", "rus", "ru");

    private final ConnectorRuntime runtime;
    private final LocalModels models;
    private final SentimentExamples examples = new SentimentExamples();

    LocalAnalyzer(ConnectorRuntime runtime, LocalModels models) {
        this.runtime = runtime;
        this.models = models;
    }

    @Override
    public String connection() {
        return runtime.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return new LocalLanguage().descriptor().capabilitiesOf("language");
    }

    /** A view is the same: nothing here waits. */
    @Override
    public LanguageAnalyzer with(CallOptions value) {
        return this;
    }

    @Override
    public Sentiment sentiment(List<Turn> turns) {
        String words = turns.stream()
                .filter(turn -> turn.speaker() == Speaker.CUSTOMER)
                .map(Turn::text)
                .collect(Collectors.joining(" "));
        if (words.isBlank()) {
            throw new IllegalArgumentException("the customer must have said something");
        }
        long start = runtime.time().nanos();
        String language = script(words);
        Embedder embedder = models.embedder(language);
        float[] place = embedder.place(bounded(words));
        Map<Sentiment.Label, Double> scores = new LinkedHashMap<>();
        for (Sentiment.Label label : Sentiment.Label.values()) {
            scores.put(label, nearest(embedder, place, examples.of(language, label), 4));
        }
        Map<Sentiment.Label, Double> shares = shares(scores);
        Sentiment.Label best = best(shares);
        double score =
                shares.getOrDefault(Sentiment.Label.POSITIVE, 0.0) - shares.getOrDefault(Sentiment.Label.NEGATIVE, 0.0);
        return new Sentiment(best, score, shares.getOrDefault(best, 0.0), from(embedder.model(), start));
    }

    @Override
    public Intent intent(String text, List<IntentCandidate> candidates) {
        if (text.isBlank() || candidates.isEmpty()) {
            throw new IllegalArgumentException("a text and at least one candidate are required");
        }
        long start = runtime.time().nanos();
        Embedder embedder = models.embedder(script(text));
        float[] place = embedder.place(bounded(text));
        Map<String, Double> scores = new LinkedHashMap<>();
        for (IntentCandidate candidate : candidates) {
            List<String> all = Stream.concat(candidate.examples().stream(), Stream.of(candidate.description()))
                    .toList();
            scores.put(candidate.name(), nearest(embedder, place, all, 1));
        }
        Map<String, Double> shares = shares(scores);
        String best = best(shares);
        boolean fits = scores.getOrDefault(best, 0.0) >= embedder.threshold();
        Map<String, Double> ranked = shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
        return new Intent(fits ? best : null, shares.getOrDefault(best, 0.0), ranked, from(embedder.model(), start));
    }

    @Override
    public DetectedLanguage detectLanguage(String text) {
        long start = runtime.time().nanos();
        Provenance from = from("opennlp-langdetect", start);
        if (script(text).equals("zh")) {
            return new DetectedLanguage("zh", 1, from);
        }
        Language language = models.detector().predictLanguage(bounded(text));
        return new DetectedLanguage(
                CODES.getOrDefault(language.getLang(), language.getLang()),
                language.getConfidence(),
                from("opennlp-langdetect", start));
    }

    /** Chinese by its script, which no model tells better; kana would make it Japanese. */
    private static String script(String text) {
        long han = text.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .count();
        boolean kana = text.codePoints()
                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
                        || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA);
        long letters = text.codePoints().filter(Character::isLetter).count();
        return han > 0 && !kana && han * 4 >= letters ? "zh" : "en";
    }

    /** The mean likeness to the nearest examples. */
    private static double nearest(Embedder embedder, float[] place, List<String> examples, int count) {
        return examples.stream()
                .map(example -> Embedder.likeness(place, embedder.example(example)))
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    private static <K> Map<K, Double> shares(Map<K, Double> scores) {
        double most =
                scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Map<K, Double> shares = new LinkedHashMap<>();
        scores.forEach((key, score) -> shares.put(key, Math.exp((score - most) / SHARPNESS)));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((key, share) -> share / sum);
        return shares;
    }

    private static <K> K best(Map<K, Double> shares) {
        return shares.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private Provenance from(String model, long start) {
        return Provenance.local(model, Duration.ofNanos(runtime.time().nanos() - start));
    }
}
