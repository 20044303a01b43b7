package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.Account;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
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
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConflictException;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.event.Event;
import io.trunkline.event.RecordChanged;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts, cases, calls, describe, changes, Outbound Messages and the flows. */
@Timeout(60)
final class SalesforceTest {

    private static final PhoneNumber CALLER = PhoneNumber.parse("+447700900123");
    private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00Z");

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
    void callLog_openedTwice_isOneTaskAndIsCompleted() {
        CallLog calls = client(CallLog.class);
        RecordRef contact =
                client(Contacts.class).create(ContactDraft.named("A").build());
        CallOpening call =
                CallOpening.of("call-1", CallDirection.INBOUND, CALLER, STARTED).contact(contact);

        RecordRef first = calls.open(call);
        RecordRef again = calls.open(call);
        calls.update("call-1", CallSummary.builder().notes("wants a refund").build());
        calls.complete(
                "call-1",
                CallSummary.builder()
                        .talked(Duration.ofSeconds(95))
                        .disposition("Refund")
                        .build());

        assertEquals(first, again);
        assertEquals(1, org.all("Task").size());
        Map<String, Object> task = org.all("Task").get(0);
        assertEquals(95L, task.get("CallDurationInSeconds"));
        assertEquals("wants a refund", task.get("Description"));
        assertTrue(calls.get("call-1").orElseThrow().completed());
        assertThrows(
                NotFoundException.class,
                () -> calls.complete("call-2", CallSummary.builder().build()));
    }

    @Test
    void callLog_outcomeOfOpeningUnknown_openingAgainMakesNoSecondTask() {
        CallLog calls = client(CallLog.class);
        CallOpening call = CallOpening.of("call-1", CallDirection.OUTBOUND, CALLER, STARTED);
        trunkline.verify("crm", Duration.ofSeconds(5));
        org.platform().next(Fault.none(), Fault.reset());

        assertThrows(OutcomeUnknownException.class, () -> calls.open(call));
        calls.open(call);

        assertEquals(1, org.all("Task").size());
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
    void changes_manyAtOneTimeAndDeleted_areGivenOnceEach() {
        ChangeFeed feed = client(ChangeFeed.class);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(org.row("Contact", Map.of("LastName", "c" + i)));
        }
        List<String> seen = new ArrayList<>();
        Optional<SyncCursor> cursor = Optional.empty();
        ChangePage page;
        do {
            page = feed.read("Contact", cursor, 4);
            page.changes().forEach(change -> seen.add(change.ref().id()));
            cursor = Optional.of(page.next());
        } while (page.more());
        assertEquals(ids, seen);

        org.now(org.now().plusSeconds(60));
        client(Contacts.class).delete(RecordRef.of("crm", "Contact", ids.get(3)));
        ChangePage later = feed.read("Contact", cursor, 10);

        assertEquals(1, later.changes().size());
        assertTrue(later.changes().get(0).deleted());
        assertTrue(feed.read("Contact", Optional.of(later.next()), 10).changes().isEmpty());
    }

    @Test
    void changes_youngerThanTenSeconds_waitForTheNextReading() {
        org.now(Instant.now());
        org.row("Contact", Map.of("LastName", "young"));

        ChangePage page = client(ChangeFeed.class).read("Contact", Optional.empty(), 10);

        assertTrue(page.changes().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "403,REQUEST_LIMIT_EXCEEDED,TotalRequests Limit exceeded.,RetryLaterException,false",
        "403,REQUEST_LIMIT_EXCEEDED,ConcurrentRequests Limit exceeded.,RetryLaterException,true",
        "400,UNABLE_TO_LOCK_ROW,locked,RetryLaterException,true",
        "401,INVALID_SESSION_ID,This session is not valid for use with the REST API,AuthenticationException,false",
        "400,DUPLICATES_DETECTED,Use one of these records?,ConflictException,false",
        "300,,,ConflictException,false",
        "500,UNKNOWN_EXCEPTION,An unexpected error occurred,OutcomeUnknownException,false"
    })
    void errors_ofThePlatform_becomeWhatTheCallerDoesNext(
            int status, String code, String message, String type, boolean repeated) {
        trunkline.verify("crm", Duration.ofSeconds(5));
        int before = org.platform().count();
        String body = code == null ? "[]" : "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}]";
        Fault fault = Fault.answer(status, "application/json", body);
        org.platform().next(fault, fault, fault);

        RuntimeException thrown = assertThrows(
                RuntimeException.class,
                () -> client(Contacts.class).create(ContactDraft.named("A").build()));

        assertEquals(type, thrown.getClass().getSimpleName());
        assertEquals(repeated, org.platform().count() - before > 1, "repeated");
        assertTrue(List.of(
                        RetryLaterException.class,
                        AuthenticationException.class,
                        ConflictException.class,
                        OutcomeUnknownException.class)
                .contains(thrown.getClass()));
    }

    @Test
    void outboundMessage_genuine_becomesEventsAndIsAcknowledged() {
        WebhookProtocol protocol = client(WebhookProtocol.class);
        WebhookRequest request = message("https://host.test/sf?token=" + token.reveal(), "00D000000000001AAA");

        protocol.verify(request);
        List<Event> events = protocol.decode(request);

        assertEquals(2, events.size());
        RecordChanged changed = (RecordChanged) events.get(0);
        assertEquals("04l000000000001AAA", changed.header().id());
        assertEquals("Case/500000000000001AAA", changed.header().entity());
        assertEquals("Escalated", changed.fields().get("Status"));
        String ack = new String(protocol.acknowledgement(request).body(), StandardCharsets.UTF_8);
        assertTrue(ack.contains("<Ack>true</Ack>"));
        Leaks.printed(events);
    }

    @Test
    void outboundMessage_wrongTokenOrgOrForm_isForged() {
        WebhookProtocol protocol = client(WebhookProtocol.class);
        String good = "https://host.test/sf?token=" + token.reveal();
        for (WebhookRequest request : List.of(
                message("https://host.test/sf", "00D000000000001AAA"),
                message("https://host.test/sf?token=x", "00D000000000001AAA"),
                message(good + "&token=" + token.reveal(), "00D000000000001AAA"),
                message(good, "00D000000000002AAA"),
                new WebhookRequest(
                        "POST", URI.create(good), Map.of(), "<a/>".getBytes(StandardCharsets.UTF_8), STARTED),
                new WebhookRequest("POST", URI.create(good), Map.of(), new byte[0], STARTED))) {
            Leaks.saw(assertThrows(ForgedWebhookException.class, () -> protocol.verify(request)));
        }
    }

    @Test
    void webhooks_withoutToken_areNotOffered() {
        try (Trunkline bare = Watched.trunkline()
                .connect("crm", Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s")))
                .build()) {
            assertThrows(ConfigurationException.class, () -> bare.client(WebhookProtocol.class, "crm"));
        }
    }

    @Test
    void jwtBearer_openedByKey_getsItsToken() throws Exception {
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(KeyPairGenerator.getInstance("RSA")
                                .generateKeyPair()
                                .getPrivate()
                                .getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        ConnectorSetup setup =
                Salesforce.jwtBearer(org.platform().uri(), "consumer-key", "agent@example.test", Secret.of(key));
        try (Trunkline jwt = Watched.trunkline().connect("jwt", setup).build()) {
            assertEquals("Acme", jwt.verify("jwt", Duration.ofSeconds(5)));
        }
        assertTrue(org.platform().exchanges().get(0).request().form().containsKey("assertion"));
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

    private static WebhookRequest message(String url, String organization) {
        String notification = "<Notification><Id>04l00000000000%dAAA</Id>"
                + "<sObject xsi:type=\"sf:Case\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">"
                + "<sf:Id>50000000000000%dAAA</sf:Id><sf:Status>Escalated</sf:Status>"
                + "<sf:SystemModstamp>2026-03-01T08:00:00.000Z</sf:SystemModstamp></sObject></Notification>";
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope"
                + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>"
                + "<notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\"><OrganizationId>" + organization
                + "</OrganizationId><ActionId>04k000000000001AAA</ActionId><SessionId xsi:nil=\"true\"/>"
                + notification.formatted(1, 1)
                + notification.formatted(2, 2)
                + "</notifications></soapenv:Body></soapenv:Envelope>";
        return new WebhookRequest("POST", URI.create(url), Map.of(), body.getBytes(StandardCharsets.UTF_8), STARTED);
    }
}
