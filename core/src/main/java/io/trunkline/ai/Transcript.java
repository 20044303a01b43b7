package io.trunkline.ai;

import java.util.List;
import java.util.stream.Collectors;

/** The words of a recording in segments, and where they come from. */
public record Transcript(List<Segment> segments, Provenance from) {

    /** Keeps a copy. */
    public Transcript {
        segments = List.copyOf(segments);
    }

    /** All words in order. */
    public String text() {
        return segments.stream()
                .map(Segment::text)
                .collect(Collectors.joining(" "))
                .strip();
    }

    @Override
    public String toString() {
        return "Transcript[" + segments.size() + " segments]";
    }
}
