package io.trunkline.ai;

import java.time.Duration;

/**
 * A stretch of recognised speech: its number, channel (0 or 1), whether it is final, words, when it begins and ends in
 * the audio, and how sure the model is from 0 to 1. A number is final once.
 */
public record Segment(
        long number, int channel, boolean finished, String text, Duration start, Duration end, double confidence) {

    @Override
    public String toString() {
        return "Segment[" + number + (finished ? " final" : " partial") + ", " + text.length() + " characters]";
    }
}
