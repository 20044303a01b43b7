package io.trunkline.crm;

import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a call when it begins. Immutable; prints its interaction id only. */
public final class CallOpening {

    private final String interactionId;
    private final CallDirection direction;
    private final PhoneNumber customer;
    private final Instant startedAt;
    private final @Nullable RecordRef contact;
    private final @Nullable RecordRef ticket;
    private final String subject;

    private CallOpening(
            String interactionId,
            CallDirection direction,
            PhoneNumber customer,
            Instant startedAt,
            @Nullable RecordRef contact,
            @Nullable RecordRef ticket,
            String subject) {
        this.interactionId = interactionId;
        this.direction = direction;
        this.customer = customer;
        this.startedAt = startedAt;
        this.contact = contact;
        this.ticket = ticket;
        this.subject = subject;
    }

    /**
     * A call.
     *
     * @param interactionId 1 to 100 visible ASCII characters, the key of everything that is logged of it
     * @param direction who called whom
     * @param customer the customer's number
     * @param startedAt when it rang
     * @throws IllegalArgumentException if the id is of another form
     */
    public static CallOpening of(
            String interactionId, CallDirection direction, PhoneNumber customer, Instant startedAt) {
        requireId(interactionId);
        return new CallOpening(
                interactionId,
                Objects.requireNonNull(direction),
                Objects.requireNonNull(customer),
                Objects.requireNonNull(startedAt),
                null,
                null,
                direction == CallDirection.INBOUND ? "Incoming call" : "Outgoing call");
    }

    /** A copy with the contact that it is with. */
    public CallOpening contact(RecordRef value) {
        return new CallOpening(interactionId, direction, customer, startedAt, value, ticket, subject);
    }

    /** A copy with the ticket that it is about. */
    public CallOpening ticket(RecordRef value) {
        return new CallOpening(interactionId, direction, customer, startedAt, contact, value, subject);
    }

    /** A copy with another subject line; throws {@link IllegalArgumentException} if it is blank or more than one. */
    public CallOpening subject(String value) {
        DraftText.line("subject", value);
        return new CallOpening(interactionId, direction, customer, startedAt, contact, ticket, value);
    }

    /** The key of everything that is logged of the call. */
    public String interactionId() {
        return interactionId;
    }

    /** Who called whom. */
    public CallDirection direction() {
        return direction;
    }

    /** The customer's number. */
    public PhoneNumber customer() {
        return customer;
    }

    /** When it rang. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Whom it is with, if known. */
    public Optional<RecordRef> contact() {
        return Optional.ofNullable(contact);
    }

    /** What it is about, if known. */
    public Optional<RecordRef> ticket() {
        return Optional.ofNullable(ticket);
    }

    /** The subject line. */
    public String subject() {
        return subject;
    }

    /** The interaction id alone. */
    @Override
    public String toString() {
        return "CallOpening[" + interactionId + "]";
    }

    static void requireId(String id) {
        if (id.isEmpty() || id.length() > 100 || !id.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("interactionId must be 1 to 100 visible ASCII characters");
        }
    }
}
