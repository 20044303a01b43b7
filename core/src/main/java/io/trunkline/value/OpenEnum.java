package io.trunkline.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A word of a platform beside the constant it means to us: unknown words are kept, never refused.
 *
 * @param <E> our constants
 * @param constant ours, or null where the word is not known to the library
 * @param word the platform's own, kept as it came
 */
public record OpenEnum<E extends Enum<E>>(@Nullable E constant, String word) {

    /** A word whose meaning is known. */
    public static <E extends Enum<E>> OpenEnum<E> of(E constant, String word) {
        return new OpenEnum<>(constant, word);
    }

    /** One of our constants where the platform has no word of its own. */
    public static <E extends Enum<E>> OpenEnum<E> of(E constant) {
        return new OpenEnum<>(constant, constant.name());
    }

    /** A word that the library does not know. */
    public static <E extends Enum<E>> OpenEnum<E> unknown(String word) {
        return new OpenEnum<>(null, word);
    }

    /** Our constant, or empty where the word is not known to the library. */
    public Optional<E> known() {
        return Optional.ofNullable(constant);
    }

    /** Whether the word means the given constant. */
    public boolean is(E expected) {
        return constant == expected;
    }
}
