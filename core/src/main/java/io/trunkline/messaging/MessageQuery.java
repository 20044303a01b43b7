package io.trunkline.messaging;

import io.trunkline.value.PhoneNumber;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which messages to list: those to a number, from a number, since a time; each may be left out. Immutable. */
public record MessageQuery(
        @Nullable PhoneNumber recipient,
        @Nullable PhoneNumber sender,
        @Nullable Instant after) {

    /** Every message. */
    public static MessageQuery all() {
        return new MessageQuery(null, null, null);
    }

    /** Only messages to this number. */
    public MessageQuery to(PhoneNumber number) {
        return new MessageQuery(number, sender, after);
    }

    /** Only messages from this number. */
    public MessageQuery from(PhoneNumber number) {
        return new MessageQuery(recipient, number, after);
    }

    /** Only messages since this instant. */
    public MessageQuery since(Instant instant) {
        return new MessageQuery(recipient, sender, instant);
    }

    /** The recipient asked for. */
    public Optional<PhoneNumber> to() {
        return Optional.ofNullable(recipient);
    }

    /** The sender asked for. */
    public Optional<PhoneNumber> from() {
        return Optional.ofNullable(sender);
    }

    /** The earliest time asked for. */
    public Optional<Instant> since() {
        return Optional.ofNullable(after);
    }
}
