package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.Account;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.Comment;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.FieldInfo;
import io.trunkline.crm.Schema;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts, cases, calls, describe, changes, Outbound Messages and the flows. */
@Timeout(60)
final class SalesforceTest {

    private final FakeSalesforce org = new FakeSalesforce();
    private final Secret token = Secret.of(Canary.secret());
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret()))
                            .with(Salesforce.WEBHOOK_TOKEN, token)
                            .with(Salesforce.ORGANIZATION_ID, "00D000000000001AAA"))
            .build();

    @AfterEach
    void close() {
        trunkline.close();
        org.platform().close();
    }

    private <C> C client(Class<C> type) {
        return trunkline.client(type, "crm");
    }

    @Test
    void accounts_createGetAndFind_giveTheCompany() {
        RecordRef ref = client(Accounts.class).create("Acme Ltd");
        org.row("Account", ref.id()).put("Phone", "020 7946 0000");

        Account account = client(Accounts.class).get(ref).orElseThrow();

        assertEquals("Acme Ltd", account.name());
        assertEquals(
                1,
                client(Accounts.class)
                        .findByPhone(PhoneNumber.parse("+442079460000"))
                        .all()
                        .size());
        assertThrows(
                IllegalArgumentException.class, () -> client(Accounts.class).create(" "));
    }

    @Test
    void tickets_lifeOfACase_isReadBackAsWritten() {
        RecordRef contact =
                client(Contacts.class).create(ContactDraft.named("A").build());
        Tickets tickets = client(Tickets.class);
        RecordRef ref = tickets.create(TicketDraft.about("Line dead")
                .description("no tone")
                .priority(TicketPriority.HIGH)
                .contact(contact)
                .build());
        assertEquals(1, tickets.openTicketsOf(contact).stream().count());

        Ticket ticket = tickets.get(ref).orElseThrow();
        assertTrue(ticket.status().is(TicketStatus.NEW));
        tickets.update(
                ref,
                TicketDraft.change().status(TicketStatus.SOLVED).build(),
                ticket.info().version());
        tickets.comment(ref, "called back", true);
        tickets.comment(ref, "customer was angry", false);

        assertEquals(0, tickets.openTicketsOf(contact).stream().count());
        List<Comment> comments = tickets.comments(ref).stream().toList();
        assertEquals(
                List.of(true, false),
                comments.stream().map(Comment::publicToCustomer).toList());
        assertEquals(1, tickets.search("Line dead").stream().count());
        Leaks.printed(comments);
    }

    @Test
    void openTicketsOf_manyPages_givesEachOnceByThePlatformsLinks() {
        RecordRef contact =
                client(Contacts.class).create(ContactDraft.named("A").build());
        for (int i = 0; i < 7; i++) {
            org.row("Case", Map.of("Subject", "s" + i, "ContactId", contact.id()));
        }
        org.pageSize(3);

        assertEquals(
                7,
                client(Tickets.class).openTicketsOf(contact).stream()
                        .map(Ticket::subject)
                        .distinct()
                        .count());
    }

    @Test
    void schema_fieldsOfAType_tellCustomOnesAndChoices() {
        List<FieldInfo> fields = client(Schema.class).fields("Contact");

        assertEquals(
                List.of("LastName", "Tier__c"),
                fields.stream().map(FieldInfo::name).toList());
        assertTrue(fields.get(1).custom());
        assertEquals(List.of("Gold"), fields.get(1).choices());
        assertThrows(IllegalArgumentException.class, () -> client(Schema.class).fields("Contact/../x"));
    }

    @Test
    void clients_badInput_isRefusedBeforeAnythingIsSent() {
        Contacts contacts = client(Contacts.class);
        for (Runnable bad : List.<Runnable>of(
                () -> contacts.get(RecordRef.of("crm", "Contact", "../../x")),
                () -> contacts.get(RecordRef.of("crm", "Case", "500000000000001AAA")),
                () -> contacts.get(RecordRef.of("other", "Contact", "003000000000001AAA")),
                () -> contacts.findByEmail("a\nb"),
                () -> contacts.findByEmail(""),
                () -> contacts.search("x"),
                () -> client(Tickets.class).comment(RecordRef.of("crm", "Case", "500000000000001AAA"), "", true))) {
            assertThrows(IllegalArgumentException.class, bad::run);
        }
        assertEquals(0, org.platform().count());
        assertFalse(contacts.capabilities().isEmpty());
    }

    @Test
    void exchangesOfCases_judgedByThePlatformsDescription_fitBothWays() {
        Optional<SpecJudge> judge = SpecJudge.load("salesforce-rest.json", "");
        Assumptions.assumeTrue(judge.isPresent(), "not run: no descriptions at -Dtrunkline.specs");
        RecordRef ref = client(Tickets.class)
                .create(TicketDraft.about("x")
                        .priority(TicketPriority.LOW)
                        .status(TicketStatus.OPEN)
                        .build());
        client(Tickets.class).get(ref);
        client(Accounts.class).create("Acme");

        assertEquals(List.of(), judge.get().problems(org.dataExchanges()));
        assertEquals(Set.of(), judge.get().unjudged(org.dataExchanges()));
    }
}
