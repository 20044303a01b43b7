package io.trunkline.ai.local;

import io.trunkline.ai.Sentiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a sentence's place tells the feeling in it: weights of each feeling over the place's numbers, and one more for no
 * word at all. They were learnt from sentences that were written by rule; {@code docs/local-language.md} says how well.
 */
final class SentimentModel {

    private final Map<Sentiment.Label, double[]> weights;

    SentimentModel(Map<Sentiment.Label, double[]> weights) {
        this.weights = weights;
    }

    static SentimentModel of(String language) {
        try (var file = SentimentModel.class.getResourceAsStream("sentiment-" + language + ".weights")) {
            if (file == null) {
                throw new IllegalStateException("the weights of " + language + " are not there");
            }
            Map<Sentiment.Label, double[]> weights = new EnumMap<>(Sentiment.Label.class);
            for (String line : new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList()) {
                String[] parts = line.split(" ", -1);
                double[] row = new double[parts.length - 1];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.parseDouble(parts[i + 1]);
                }
                weights.put(Sentiment.Label.valueOf(parts[0]), row);
            }
            return new SentimentModel(weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The share of each feeling; together 1. */
    Map<Sentiment.Label, Double> shares(float[] place) {
        Map<Sentiment.Label, Double> shares = new EnumMap<>(Sentiment.Label.class);
        weights.forEach((mood, row) -> {
            double score = row[place.length];
            for (int i = 0; i < place.length; i++) {
                score += row[i] * place[i];
            }
            shares.put(mood, Math.exp(score));
        });
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((mood, share) -> share / sum);
        return shares;
    }
}
