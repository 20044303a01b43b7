package io.trunkline.crm;

import io.trunkline.value.OpenEnum;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's concern that somebody has to settle.
 *
 * @param info reference, clocks, version, custom fields and the platform's own form
 * @param number what people call it, such as {@code 00001026}
 * @param subject one line
 * @param description the concern, possibly empty
 * @param status how far it is
 * @param priority how urgent it is, or null where the platform does not say
 * @param contact whose concern, or null
 * @param owner who settles it, or null
 */
public record Ticket(
        RecordInfo info,
        String number,
        String subject,
        String description,
        OpenEnum<TicketStatus> status,
        @Nullable OpenEnum<TicketPriority> priority,
        @Nullable RecordRef contact,
        @Nullable RecordRef owner) {

    /** Where the ticket is. */
    public RecordRef ref() {
        return info.ref();
    }

    /** How urgent it is. */
    public Optional<OpenEnum<TicketPriority>> urgency() {
        return Optional.ofNullable(priority);
    }

    /** Whose concern it is. */
    public Optional<RecordRef> requester() {
        return Optional.ofNullable(contact);
    }

    /** Who settles it. */
    public Optional<RecordRef> assignee() {
        return Optional.ofNullable(owner);
    }

    /** Reference and status: the text may be personal. */
    @Override
    public String toString() {
        return "Ticket[" + info.ref() + " " + status.word() + "]";
    }
}
