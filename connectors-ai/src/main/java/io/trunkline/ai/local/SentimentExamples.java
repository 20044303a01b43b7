package io.trunkline.ai.local;

import io.trunkline.ai.Sentiment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sentences of which it is known how they are meant, by language. */
final class SentimentExamples {

    private final Map<String, Map<Sentiment.Label, List<String>>> byLanguage =
            Map.of("en", read("sentiment-en.txt"), "zh", read("sentiment-zh.txt"));

    List<String> of(String language, Sentiment.Label label) {
        return byLanguage.getOrDefault(language, Map.of()).getOrDefault(label, List.of());
    }

    private static Map<Sentiment.Label, List<String>> read(String name) {
        Map<Sentiment.Label, List<String>> examples = new EnumMap<>(Sentiment.Label.class);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SentimentExamples.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                examples.computeIfAbsent(Sentiment.Label.valueOf(line.substring(0, tab)), label -> new ArrayList<>())
                        .add(line.substring(tab + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }
}
