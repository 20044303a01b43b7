package io.trunkline.ai;

/** What one side of a conversation has said. */
public record Turn(Speaker speaker, String text) {

    /** The customer's words. */
    public static Turn customer(String text) {
        return new Turn(Speaker.CUSTOMER, text);
    }

    /** The agent's words. */
    public static Turn agent(String text) {
        return new Turn(Speaker.AGENT, text);
    }

    @Override
    public String toString() {
        return "Turn[" + speaker + ", " + text.length() + " characters]";
    }
}
