package io.trunkline.ai;

/** Who speaks in a conversation. */
public enum Speaker {
    /** The person who called or wrote. */
    CUSTOMER,
    /** The person who serves. */
    AGENT,
    /** A machine that serves. */
    BOT
}
