package io.trunkline.event;

import java.net.URI;
import java.util.List;

/**
 * A customer has written.
 *
 * @param header who says so, when, and which conversation
 * @param channel such as {@code sms}, {@code whatsapp}, {@code email}
 * @param messageId the platform's id of the message
 * @param from the customer's address on the channel
 * @param to our address on the channel
 * @param text what was written, possibly empty
 * @param media what was sent along, to be fetched through the connection
 */
public record MessageReceived(
        EventHeader header, String channel, String messageId, String from, String to, String text, List<URI> media)
        implements Event {

    /** Keeps its own copy of the list. */
    public MessageReceived {
        media = List.copyOf(media);
    }

    /** Channel and id: addresses and text are personal. */
    @Override
    public String toString() {
        return "MessageReceived[" + channel + " " + messageId + "]";
    }
}
