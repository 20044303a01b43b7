package io.trunkline.messaging;

/** The network that a text message travels on. */
public enum MessageChannel {
    /** The telephone network's short messages, with or without media. */
    SMS,
    /** WhatsApp, addressed by the telephone number. */
    WHATSAPP
}
