package io.trunkline.operator;

/**
 * What came of asking whether a connection works.
 *
 * @param connection its name
 * @param state what came of it
 * @param detail who the credential belongs to, or what is wrong; masked
 */
public record Verification(String connection, State state, String detail) {

    /** What came of asking. */
    public enum State {
        /** The platform takes the credential. */
        GOOD,
        /** It does not, or cannot be asked. */
        BAD,
        /** The connection offers no check. */
        UNCHECKED
    }
}
