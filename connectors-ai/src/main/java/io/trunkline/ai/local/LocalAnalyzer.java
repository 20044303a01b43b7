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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Intent by likeness to examples, sentiment by what was learnt from examples. Thread-safe. */
final class LocalAnalyzer implements LanguageAnalyzer {

    private static final double SHARPNESS = 0.03;

    private final ConnectorRuntime runtime;
    private final LocalModels models;

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
        String language = LocalText.model(words);
        Embedder embedder = models.embedder(language);
        Map<Sentiment.Label, Double> shares = models.sentiment(language).shares(embedder.place(LocalText.tail(words)));
        Sentiment.Label best = best(shares);
        double score =
                shares.getOrDefault(Sentiment.Label.POSITIVE, 0.0) - shares.getOrDefault(Sentiment.Label.NEGATIVE, 0.0);
        return new Sentiment(
                best,
                Math.max(-1, Math.min(1, score)),
                Math.min(1, shares.getOrDefault(best, 0.0)),
                from(embedder.model(), start, words));
    }

    @Override
    public Intent intent(String text, List<IntentCandidate> candidates) {
        if (text.isBlank() || candidates.isEmpty()) {
            throw new IllegalArgumentException("a text and at least one candidate are required");
        }
        if (candidates.stream().map(IntentCandidate::name).distinct().count() < candidates.size()) {
            throw new IllegalArgumentException("candidates must have names of their own");
        }
        long start = runtime.time().nanos();
        Embedder embedder = models.embedder(LocalText.model(text));
        List<float[]> places = LocalText.parts(LocalText.head(text)).stream()
                .map(embedder::place)
                .toList();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (IntentCandidate candidate : candidates) {
            List<String> all = Stream.concat(candidate.examples().stream(), Stream.of(candidate.description()))
                    .toList();
            scores.put(candidate.name(), nearest(embedder, places, all));
        }
        Map<String, Double> shares = shares(scores);
        String best = best(shares);
        boolean fits = scores.getOrDefault(best, 0.0) >= embedder.threshold();
        Map<String, Double> ranked = shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
        return new Intent(
                fits ? best : null, shares.getOrDefault(best, 0.0), ranked, from(embedder.model(), start, text));
    }

    @Override
    public DetectedLanguage detectLanguage(String text) {
        if (text.codePoints().noneMatch(Character::isLetter)) {
            throw new IllegalArgumentException("a text with letters is required");
        }
        long start = runtime.time().nanos();
        if (LocalText.model(text).equals("zh")) {
            return new DetectedLanguage("zh", 1, Provenance.local("script", since(start)));
        }
        LocalDetector.Guess guess = models.detector().detect(LocalText.head(text));
        return new DetectedLanguage(
                guess.code(), guess.confidence(), Provenance.local(LocalDetector.NAME, since(start)));
    }

    /** The likeness of the nearest example to the nearest part of the text. */
    private static double nearest(Embedder embedder, List<float[]> places, List<String> examples) {
        return examples.stream()
                .map(embedder::example)
                .flatMapToDouble(example -> places.stream().mapToDouble(place -> Embedder.likeness(place, example)))
                .max()
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

    /** An answer on a part of the text, or on a script that the model does not read, is only a stand-in. */
    private Provenance from(String model, long start, String text) {
        return new Provenance(model, since(start), 0, 0, LocalText.tooLong(text) || LocalText.foreign(text));
    }

    private Duration since(long start) {
        return Duration.ofNanos(runtime.time().nanos() - start);
    }
}
