package io.trunkline.ai;

/**
 * Something named in a text, such as an order number: what it is, the words as they stand there, and where they begin,
 * counted as {@link String#charAt} counts.
 */
public record Entity(String type, String text, int start) {

    @Override
    public String toString() {
        return "Entity[" + type + "]";
    }
}
