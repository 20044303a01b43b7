package io.trunkline.crm;

import java.util.List;

/**
 * What a look-up found: nothing, one, or several. Several are never silently reduced to the first.
 *
 * @param <T> what was looked for
 */
public sealed interface Match<T> {

    /** All that was found, best first where the platform ranks. */
    List<T> all();

    /** The match of a list. */
    static <T> Match<T> of(List<T> found) {
        return switch (found.size()) {
            case 0 -> new None<>();
            case 1 -> new One<>(found.get(0));
            default -> new Many<>(found);
        };
    }

    /**
     * Nothing was found.
     *
     * @param <T> what was looked for
     */
    record None<T>() implements Match<T> {
        /** An empty list. */
        @Override
        public List<T> all() {
            return List.of();
        }
    }

    /**
     * Exactly one was found.
     *
     * @param value what was found
     * @param <T> what was looked for
     */
    record One<T>(T value) implements Match<T> {
        /** A list of one. */
        @Override
        public List<T> all() {
            return List.of(value);
        }
    }

    /**
     * Several were found; a person or a policy decides.
     *
     * @param values two or more
     * @param <T> what was looked for
     */
    record Many<T>(List<T> values) implements Match<T> {
        /** Keeps its own copy of the list, which must have two or more. */
        public Many {
            values = List.copyOf(values);
            if (values.size() < 2) {
                throw new IllegalArgumentException("several matches are two or more; use Match.of");
            }
        }

        /** All of them. */
        @Override
        public List<T> all() {
            return values;
        }
    }
}
