package io.trunkline.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A credential or key that prints as {@code ***}. It is compared in constant time and is not serialisable; the text is
 * had only by {@link #reveal()}, so every use can be found.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * A secret of the given text.
     *
     * @throws IllegalArgumentException if the text is empty or blank
     */
    public static Secret of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        return new Secret(text);
    }

    /** The text itself, for the one place that sends or computes with it. */
    public String reveal() {
        return text;
    }

    /** The text as UTF-8 bytes, a fresh array at each call. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the other object is a secret of the same text; takes the same time wherever they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    /** A constant, so that the hash tells nothing of the text. */
    @Override
    public int hashCode() {
        return 31;
    }

    /** Always {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
