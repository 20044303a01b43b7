package io.trunkline.ai;

/** Something named in a text, such as an order number: what it is and the words as they stand there. */
public record Entity(String type, String text) {

    @Override
    public String toString() {
        return "Entity[" + type + "]";
    }
}
