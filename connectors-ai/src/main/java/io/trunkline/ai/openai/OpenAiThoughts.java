package io.trunkline.ai.openai;

/**
 * Takes out what a reasoning model thinks before it answers, where the server leaves it in the answer between two marks.
 * Made for one answer, whole or in pieces.
 */
final class OpenAiThoughts {

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final StringBuilder held = new StringBuilder();
    private boolean answering;

    /** An answer without its thoughts; some servers leave the first mark out. */
    static String without(String answer) {
        int end = answer.lastIndexOf(CLOSE);
        String rest = end < 0 ? answer : answer.substring(end + CLOSE.length());
        return rest.stripLeading().startsWith(OPEN) ? "" : rest.strip();
    }

    /** The words of a piece that belong to the answer. */
    String pass(String piece) {
        if (answering) {
            return piece;
        }
        held.append(piece);
        String begun = held.toString().stripLeading();
        if (begun.isEmpty() || (begun.length() < OPEN.length() && OPEN.startsWith(begun))) {
            return "";
        }
        if (!begun.startsWith(OPEN)) {
            answering = true;
            return begun;
        }
        int end = begun.indexOf(CLOSE);
        String rest = end < 0 ? "" : begun.substring(end + CLOSE.length()).stripLeading();
        answering = !rest.isEmpty();
        return rest;
    }
}
