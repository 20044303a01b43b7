package io.trunkline.ai.local;

import io.trunkline.ai.Sentiment;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Logistic regression over the places of sentences, from zero weights by plain descent: the same every time. */
final class SentimentTraining {

    private static final int ROUNDS = 3_000;
    private static final double RATE = 4;
    private static final double SHRINK = 0.0005;

    private SentimentTraining() {}

    /** Weights of each feeling, the last of which stands for no word at all. */
    static Map<Sentiment.Label, double[]> weights(List<float[]> places, List<Sentiment.Label> moods) {
        int size = places.get(0).length;
        Map<Sentiment.Label, double[]> weights = zeros(size);
        SentimentModel model = new SentimentModel(weights);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Sentiment.Label, double[]> slopes = zeros(size);
            for (int i = 0; i < places.size(); i++) {
                float[] place = places.get(i);
                Sentiment.Label meant = moods.get(i);
                Map<Sentiment.Label, Double> shares = model.shares(place);
                slopes.forEach((mood, slope) -> add(slope, shares.get(mood) - (mood == meant ? 1 : 0), place));
            }
            weights.forEach((mood, row) -> step(row, slopes.get(mood), places.size()));
        }
        return weights;
    }

    private static Map<Sentiment.Label, double[]> zeros(int size) {
        Map<Sentiment.Label, double[]> zeros = new EnumMap<>(Sentiment.Label.class);
        for (Sentiment.Label mood : Sentiment.Label.values()) {
            zeros.put(mood, new double[size + 1]);
        }
        return zeros;
    }

    private static void add(double[] slope, double error, float[] place) {
        for (int i = 0; i < place.length; i++) {
            slope[i] += error * place[i];
        }
        slope[place.length] += error;
    }

    private static void step(double[] row, double[] slope, int count) {
        for (int i = 0; i < row.length; i++) {
            row[i] -= RATE * (slope[i] / count + SHRINK * row[i]);
        }
    }

    /** The file that the model is read from: a line a feeling. */
    static String written(Map<Sentiment.Label, double[]> weights) {
        StringBuilder text = new StringBuilder();
        weights.forEach((mood, row) -> {
            text.append(mood);
            for (double weight : row) {
                text.append(String.format(Locale.ROOT, " %.3f", weight));
            }
            text.append('\n');
        });
        return text.toString();
    }
}
