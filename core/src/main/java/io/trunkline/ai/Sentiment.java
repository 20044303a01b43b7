package io.trunkline.ai;

/**
 * How the customer feels: a label, a score from -1 (very bad) to 1 (very good), how sure the model is from 0 to 1, and
 * where the answer comes from.
 */
public record Sentiment(Label label, double score, double confidence, Provenance from) {

    /** The three feelings told apart. */
    public enum Label {
        /** Annoyed, sad or angry. */
        NEGATIVE,
        /** Neither. */
        NEUTRAL,
        /** Content or grateful. */
        POSITIVE
    }

    /** Checks the ranges. */
    public Sentiment {
        if (!(score >= -1 && score <= 1) || !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("score must lie in -1..1 and confidence in 0..1");
        }
    }
}
