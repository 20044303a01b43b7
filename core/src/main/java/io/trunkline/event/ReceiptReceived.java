package io.trunkline.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A platform reports how far a message has come.
 *
 * @param header who says so and when
 * @param messageId the platform's id of the message
 * @param status how far
 * @param platformStatus the platform's own word
 * @param errorCode the platform's code where it failed, or null
 */
public record ReceiptReceived(
        EventHeader header,
        String messageId,
        DeliveryStatus status,
        String platformStatus,
        @Nullable String errorCode) implements Event {

    /** The platform's code where it failed. */
    public Optional<String> error() {
        return Optional.ofNullable(errorCode);
    }
}
