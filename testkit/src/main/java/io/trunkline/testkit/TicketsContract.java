package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.Comment;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.error.ConflictException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Tickets} must do, beside {@link ConnectorContract}. */
public abstract class TicketsContract extends ConnectorContract {

    /** For subclasses. */
    protected TicketsContract() {}

    /** Somebody who has tickets. Made by {@link Contacts} of the same connection; a platform without them overrides it. */
    protected RecordRef requester() {
        return client(Contacts.class).create(ContactDraft.named("Lovelace").build());
    }

    /** Lets the platform's clock go on, for platforms whose versions are times; overridden only there. */
    protected void timePasses() {}

    @Test
    final void tickets_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(Tickets.class, probes());
    }

    @Test
    final void tickets_platformFails_areTypedErrors() {
        failuresAreTyped(Tickets.class, probes());
    }

    @Test
    final void tickets_platformSilent_endAtTheDeadline() {
        deadlinesHold(Tickets.class, probes());
    }

    @Test
    final void createThenGet_ticket_comesBackAsItWasWritten() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.GET);
        String subject = Canary.text();
        RecordRef requester = requester();
        RecordRef ref = tickets.create(TicketDraft.about(subject)
                .description("no tone")
                .priority(TicketPriority.HIGH)
                .contact(requester)
                .build());

        Ticket ticket = tickets.get(ref).orElseThrow();

        assertEquals("subject", ref.connection());
        assertEquals(ref.id(), ticket.ref().id());
        assertEquals(subject, ticket.subject());
        assertEquals("no tone", ticket.description());
        assertEquals(Optional.of(requester.id()), ticket.requester().map(RecordRef::id));
        assertTrue(!ticket.number().isBlank() && !ticket.status().word().isBlank());
        ticket.urgency().ifPresent(urgency -> assertTrue(urgency.is(TicketPriority.HIGH), urgency::word));
        Leaks.printed(ticket);
    }

    @Test
    final void get_unknownForeignOrHostileReference_isEmptyOrRefusedUnsent() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.GET);
        RecordRef ref = created("x", requester());

        assertTrue(tickets.get(RecordRefs.absent(ref)).isEmpty());

        RecordRefs.foreign(ref).forEach(foreign -> refusedUnsent(foreign.toString(), () -> tickets.get(foreign)));
        RecordRefs.hostile(ref).forEach(hostile -> refusedUnsent(hostile.id(), () -> tickets.get(hostile)));
    }

    @Test
    final void update_oneField_leavesTheOthers() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.GET, Tickets.UPDATE);
        RecordRef ref = created("before", requester());

        tickets.update(ref, TicketDraft.change().subject("after").build(), Optional.empty());

        Ticket ticket = tickets.get(ref).orElseThrow();
        assertEquals("after", ticket.subject());
        assertEquals("no tone", ticket.description());
    }

    @Test
    final void update_versionOfSomebodySlower_isAConflictAndChangesNothing() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.GET, Tickets.UPDATE_VERSIONED);
        RecordRef ref = created("before", requester());
        Optional<String> version = tickets.get(ref).orElseThrow().info().version();
        assertTrue(version.isPresent(), "a versioned update needs a version");
        timePasses();
        tickets.update(ref, TicketDraft.change().subject("faster").build(), version);

        Leaks.saw(assertThrows(
                ConflictException.class,
                () -> tickets.update(ref, TicketDraft.change().subject("slower").build(), version)));

        assertEquals("faster", tickets.get(ref).orElseThrow().subject());
    }

    @Test
    final void openTicketsOf_openAndDone_givesTheOpenOnes() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.UPDATE, Tickets.OPEN_OF_CONTACT);
        RecordRef requester = requester();
        RecordRef open = created("open", requester);
        RecordRef done = created("done", requester);
        created("somebody else's", requester());

        tickets.update(done, TicketDraft.change().status(TicketStatus.CLOSED).build(), Optional.empty());

        assertEquals(
                List.of(open.id()),
                tickets.openTicketsOf(requester).stream()
                        .map(ticket -> ticket.ref().id())
                        .toList());
    }

    @Test
    final void comments_publicAndPrivate_areKeptApartAndInOrder() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.COMMENT, Tickets.COMMENTS);
        RecordRef ref = created("x", requester());
        String said = Canary.text() + " <b>&amp;\n\"'";
        tickets.comment(ref, said, true);
        timePasses();
        tickets.comment(ref, "customer was angry", false);

        List<Comment> comments = tickets.comments(ref).stream().toList();

        assertEquals(
                List.of(said, "customer was angry"),
                comments.stream().map(Comment::body).toList());
        assertEquals(
                List.of(true, false),
                comments.stream().map(Comment::publicToCustomer).toList());
        refusedUnsent("an empty comment", () -> tickets.comment(ref, " ", true));
        Leaks.printed(comments);
    }

    @Test
    final void create_connectionDiesAfterwards_isOneTicketOrUnknown() {
        Tickets tickets = offering(Tickets.class, Tickets.CREATE, Tickets.OPEN_OF_CONTACT);
        RecordRef requester = requester();
        created("first", requester);
        platform().next(Fault.reset());

        try {
            created("second", requester);
        } catch (OutcomeUnknownException e) {
            Leaks.saw(e);
        }

        assertEquals(2, tickets.openTicketsOf(requester).stream().count());
    }

    private List<Probe<Tickets>> probes() {
        RecordRef requester = requester();
        RecordRef ref =
                RecordRefs.some(client(Tickets.class), Tickets.CREATE, "Ticket", () -> created("probe", requester));
        Optional<String> version = client(Tickets.class).can(Tickets.GET)
                ? client(Tickets.class).get(ref).flatMap(ticket -> ticket.info().version())
                : Optional.of("1");
        TicketDraft change = TicketDraft.change().subject("changed").build();
        return List.of(
                Probe.reading(Tickets.CREATE, t -> created(t, "probe", requester)),
                Probe.reading(Tickets.GET, t -> t.get(ref)),
                Probe.writing(Tickets.UPDATE_VERSIONED, t -> t.update(ref, change, Optional.of(version.orElse("1")))),
                Probe.writing(Tickets.UPDATE, t -> t.update(ref, change, Optional.empty())),
                Probe.reading(
                        Tickets.OPEN_OF_CONTACT, t -> t.openTicketsOf(requester).first()),
                Probe.reading(Tickets.SEARCH, t -> t.search("probe").first()),
                Probe.reading(Tickets.COMMENT, t -> t.comment(ref, "said", false)),
                Probe.reading(Tickets.COMMENTS, t -> t.comments(ref).first()));
    }

    private RecordRef created(String subject, RecordRef requester) {
        return created(client(Tickets.class), subject, requester);
    }

    private static RecordRef created(Tickets tickets, String subject, RecordRef requester) {
        return tickets.create(TicketDraft.about(subject)
                .description("no tone")
                .contact(requester)
                .build());
    }
}
