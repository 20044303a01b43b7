package io.trunkline.event;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every event carries.
 *
 * @param connection the connection that it came by
 * @param id the platform's own id of the event; the same when the platform repeats it
 * @param entity what the event is about; events of one entity are handled in order
 * @param occurredAt when it happened, by the platform's clock
 * @param sequence the platform's own number that rises for one entity, or null; of
 *     events that tell a state, an older one is not handled after a newer
 * @param virtual whether the platform did not tell it: it was found by reading what has changed
 */
public record EventHeader(
        String connection,
        String id,
        String entity,
        Instant occurredAt,
        @Nullable Long sequence,
        boolean virtual) {

    /**
     * Checks the parts: without an id of its own an event would be taken for a repetition of another.
     *
     * @throws IllegalArgumentException if connection, id or entity is blank
     */
    public EventHeader {
        if (connection.isBlank() || id.isBlank() || entity.isBlank()) {
            throw new IllegalArgumentException("an event must have a connection, an id and an entity");
        }
    }

    /** The header of an event that the platform itself has told. */
    public EventHeader(String connection, String id, String entity, Instant occurredAt, @Nullable Long sequence) {
        this(connection, id, entity, occurredAt, sequence, false);
    }

    /** The platform's own number that rises for one entity. */
    public Optional<Long> order() {
        return Optional.ofNullable(sequence);
    }

    /** Connection and id: the entity may be a telephone number. */
    @Override
    public String toString() {
        return "EventHeader[" + connection + " " + id + "]";
    }
}
