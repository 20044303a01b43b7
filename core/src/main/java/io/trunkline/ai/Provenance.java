package io.trunkline.ai;

import java.time.Duration;

/**
 * Where an answer comes from: the model's name, the time it took, the tokens read and written (0 where none are
 * counted), and whether it is a stand-in for a better answer that could not be had.
 */
public record Provenance(String model, Duration took, long tokensRead, long tokensWritten, boolean degraded) {

    /** An answer of a model in this process, which counts no tokens. */
    public static Provenance local(String model, Duration took) {
        return new Provenance(model, took, 0, 0, false);
    }
}
