package io.trunkline.ai.local;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Places a text in a space where texts of like meaning lie close. The places of examples are kept, because they are asked
 * for again with every sentence.
 */
final class Embedder {

    private static final int MOST_KEPT = 5_000;

    private final String model;
    private final double threshold;
    private final Function<String, float[]> embed;
    private final Map<String, float[]> kept = new ConcurrentHashMap<>();

    Embedder(String model, double threshold, Function<String, float[]> embed) {
        this.model = model;
        this.threshold = threshold;
        this.embed = embed;
    }

    String model() {
        return model;
    }

    /** The least likeness at which two texts can be said to mean the same. */
    double threshold() {
        return threshold;
    }

    float[] place(String text) {
        return normalised(embed.apply(text));
    }

    float[] example(String text) {
        float[] known = kept.get(text);
        if (known != null) {
            return known;
        }
        float[] place = place(text);
        if (kept.size() < MOST_KEPT) {
            kept.put(text, place);
        }
        return place;
    }

    static double likeness(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] normalised(float[] vector) {
        double length = Math.sqrt(likeness(vector, vector));
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }
}
