package io.trunkline.event;

import io.trunkline.value.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A platform says that there is something to be read, and not what.
 *
 * @param header who says so and when; the entity is the stream, so that it is read by one at a time
 * @param source the name of what reads it
 * @param stream what is to be read on, such as an account or a mailbox
 * @param ticket what the platform wants to see when it is read, or null
 */
public record NewsWaiting(
        EventHeader header,
        String source,
        String stream,
        @Nullable Secret ticket) implements Event {

    /** What the platform wants to see when it is read. */
    public Optional<Secret> admission() {
        return Optional.ofNullable(ticket);
    }
}
