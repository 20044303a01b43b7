package io.trunkline.ai;

import java.util.List;
import java.util.regex.Pattern;

/** Something that a customer may want: its name, what it means, and sentences in which customers say so. */
public record IntentCandidate(String name, String description, List<String> examples) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}0-9_.-]{1,64}");

    /** Checks the name; throws {@link IllegalArgumentException}. */
    public IntentCandidate {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("intent name must be letters, digits, dots and hyphens");
        }
        examples = List.copyOf(examples);
    }

    /** A candidate by its examples. */
    public static IntentCandidate of(String name, String... examples) {
        return new IntentCandidate(name, name.replace('_', ' '), List.of(examples));
    }
}
