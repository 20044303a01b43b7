package io.trunkline.messaging;

import io.trunkline.event.DeliveryStatus;
import io.trunkline.value.OpenEnum;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as the platform keeps it: its id, addresses as stored there, text, whether it came in, status, time and the
 * platform's error code.
 */
public record MessageRecord(
        String messageId,
        String from,
        String to,
        String text,
        boolean inbound,
        OpenEnum<DeliveryStatus> status,
        @Nullable Instant createdAt,
        @Nullable String errorCode) {

    /** When the platform made it. */
    public Optional<Instant> created() {
        return Optional.ofNullable(createdAt);
    }

    /** The platform's code of a failed delivery. */
    public Optional<String> error() {
        return Optional.ofNullable(errorCode);
    }

    @Override
    public String toString() {
        return "MessageRecord[" + messageId + " " + status.word() + "]";
    }
}
