package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.util.Optional;

/** The concerns of customers. Undeclared operations throw before any request. */
public interface Tickets extends Client<Tickets> {

    /** {@link #create}. */
    Capability CREATE = Capability.of("tickets.create");

    /** {@link #get}. */
    Capability GET = Capability.of("tickets.get");

    /** {@link #update}. */
    Capability UPDATE = Capability.of("tickets.update");

    /** {@link #update} with a version is refused if somebody else was faster. */
    Capability UPDATE_VERSIONED = Capability.of("tickets.update-versioned");

    /** {@link #openTicketsOf}. */
    Capability OPEN_OF_CONTACT = Capability.of("tickets.open-of-contact");

    /** {@link #search}. */
    Capability SEARCH = Capability.of("tickets.search");

    /** {@link #comment}. */
    Capability COMMENT = Capability.of("tickets.comment");

    /** {@link #comments}. */
    Capability COMMENTS = Capability.of("tickets.comments");

    /** Creates a ticket. */
    default RecordRef create(TicketDraft draft) {
        throw unsupported(CREATE);
    }

    /** A ticket by its reference; empty if it is not there. */
    default Optional<Ticket> get(RecordRef ref) {
        throw unsupported(GET);
    }

    /**
     * Changes a ticket.
     *
     * @param version what the ticket's {@code info().version()} was, to be refused with a {@code ConflictException} if
     *     somebody else was faster; empty to write in any case
     */
    default void update(RecordRef ref, TicketDraft change, Optional<String> version) {
        throw unsupported(UPDATE);
    }

    /** A contact's tickets that are not done, newest first. */
    default Paged<Ticket> openTicketsOf(RecordRef contact) {
        throw unsupported(OPEN_OF_CONTACT);
    }

    /** Tickets that fit free text, as the platform's own search finds them. */
    default Paged<Ticket> search(String text) {
        throw unsupported(SEARCH);
    }

    /**
     * Says something on a ticket.
     *
     * @param publicToCustomer whether the customer sees it
     */
    default RecordRef comment(RecordRef ticket, String body, boolean publicToCustomer) {
        throw unsupported(COMMENT);
    }

    /** What was said on a ticket, oldest first. */
    default Paged<Comment> comments(RecordRef ticket) {
        throw unsupported(COMMENTS);
    }
}
