package io.trunkline.ai;

/** A conversation in a few sentences for the agent's note, and where the answer comes from. */
public record Summary(String text, Provenance from) {

    @Override
    public String toString() {
        return "Summary[" + text.length() + " characters]";
    }
}
