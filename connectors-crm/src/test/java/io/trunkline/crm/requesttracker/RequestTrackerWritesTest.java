package io.trunkline.crm.requesttracker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.CommonSettings;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Phone;
import io.trunkline.crm.TicketAttachment;
import io.trunkline.crm.TicketAttachments;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketFile;
import io.trunkline.crm.Tickets;
import io.trunkline.crm.Upserted;
import io.trunkline.error.ConflictException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.NotFoundException;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server passes over in silence, files, numbers that people typed, and notes that are added once. */
final class RequestTrackerWritesTest {

    private final String token = Canary.secret();
    private final FakeRequestTracker desk = new FakeRequestTracker(token);
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "desk",
                    RequestTracker.token(desk.platform().uri(), Secret.of(token), "Support")
                            .with(RequestTracker.DEFAULT_REGION, "GB")
                            .with(CommonSettings.FIELDS, "severity = ticket.Severity; customer = CustomerNumber"))
            .build();
    private final Tickets tickets = trunkline.client(Tickets.class, "desk");
    private final Contacts contacts = trunkline.client(Contacts.class, "desk");

    @AfterEach
    void close() {
        trunkline.close();
        desk.close();
    }

    @Test
    void create_personFieldOrValueThatIsNotThere_isRefusedBeforeATicketIsMade() {
        List<TicketDraft> drafts = List.of(
                TicketDraft.about("x")
                        .contact(RecordRef.of("desk", "user", "999"))
                        .build(),
                TicketDraft.about("x").ownerId("999").build(),
                TicketDraft.about("x").customField("Nonsense", "1").build(),
                TicketDraft.about("x").customField("severity", "extreme").build());

        drafts.forEach(draft -> Leaks.saw(assertThrows(InvalidRequestException.class, () -> tickets.create(draft))));

        assertEquals(0, desk.tickets());
    }

    @Test
    void update_whatTheServerHasNotTakenOver_isAnError() {
        RecordRef ref = tickets.create(TicketDraft.about("x").build());

        for (TicketDraft lost : List.of(
                TicketDraft.change().ownerId("999").build(),
                TicketDraft.change().customField("severity", "extreme").build())) {
            InvalidRequestException thrown = Leaks.saw(
                    assertThrows(InvalidRequestException.class, () -> tickets.update(ref, lost, Optional.empty())));
            assertTrue(String.valueOf(thrown.getMessage()).contains("did not take over"), thrown::getMessage);
        }
    }

    @Test
    void update_description_isRefusedUnsent() {
        RecordRef ref = tickets.create(TicketDraft.about("x").build());
        int before = desk.platform().count();
        TicketDraft change = TicketDraft.change().description("new").build();

        assertThrows(IllegalArgumentException.class, () -> tickets.update(ref, change, Optional.empty()));

        assertEquals(before, desk.platform().count());
    }

    @Test
    void customFields_ofBothTypes_goBothWays() {
        RecordRef ticket = tickets.create(
                TicketDraft.about("x").customField("severity", "high").build());
        RecordRef contact = contacts.create(
                ContactDraft.named("A").customField("customer", "c-1").build());

        assertEquals(
                "high", tickets.get(ticket).orElseThrow().info().customFields().get("severity"));
        assertEquals(
                "c-1", contacts.get(contact).orElseThrow().info().customFields().get("customer"));
        assertEquals(
                1,
                contacts.findByExternalId(new ExternalKey("CustomerNumber", "c-1"))
                        .all()
                        .size());
    }

    @Test
    void comment_ticketThatIsNotThere_isNotFound() {
        Leaks.saw(assertThrows(
                NotFoundException.class, () -> tickets.comment(RecordRef.of("desk", "ticket", "999"), "x", false)));
    }

    @Test
    void attachments_bytesAndNameOfAnyScript_comeBackAsTheyWere() throws IOException {
        RecordRef ticket = tickets.create(TicketDraft.about("x").build());
        byte[] bytes = {0, 1, 13, 10, -1, 45, 45};
        TicketAttachments files = trunkline.client(TicketAttachments.class, "desk");

        RecordRef comment = files.add(ticket, new TicketFile("录音 é.wav", "audio/wav", bytes));

        TicketAttachment listed = files.list(ticket).stream().toList().get(0);
        assertEquals("录音 é.wav", listed.name());
        assertEquals(bytes.length, listed.size());
        assertEquals("transaction", comment.type());
        try (InputStream content = files.read(listed.ref())) {
            assertArrayEquals(bytes, content.readAllBytes());
        }
        assertThrows(NotFoundException.class, () -> files.read(RecordRef.of("desk", "attachment", "999")));
        assertThrows(IllegalArgumentException.class, () -> files.read(ticket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"020 7946 0123", "(020) 7946-0123 x12", "+44 20 7946 0123", "00442079460123", "2079460123"})
    void findByPhone_formInWhichPeopleTypeIt_isFoundThroughATicket(String stored) {
        desk.enterUser(Map.of("Name", "typed", "RealName", "A B", "HomePhone", stored));
        desk.enterUser(Map.of("Name", "other", "RealName", "C D", "HomePhone", "020 7946 01234"));
        desk.enterTicket(Map.of("Subject", "x", "Requestor", List.of("typed")));
        desk.enterTicket(Map.of("Subject", "x", "Requestor", List.of("other")));

        List<Contact> found =
                contacts.findByPhone(PhoneNumber.parse("+442079460123")).all();

        assertEquals(List.of("A B"), found.stream().map(Contact::name).toList());
    }

    @Test
    void findByPhone_deskWithoutTheField_looksAtTicketsAlone() {
        try (Trunkline plain = Watched.trunkline()
                .connect(
                        "plain",
                        RequestTracker.token(desk.platform().uri(), Secret.of(token), "Support")
                                .with(RequestTracker.PHONE_FIELD, "Nowhere"))
                .build()) {
            Contacts own = plain.client(Contacts.class, "plain");
            Phone phone = Phone.of(PhoneNumber.parse("+442079460123"), Phone.Type.WORK);
            RecordRef ref = own.create(ContactDraft.named("A").phone(phone).build());
            assertEquals(
                    0, own.findByPhone(PhoneNumber.parse("+442079460123")).all().size());

            desk.enterTicket(Map.of("Subject", "x", "Requestor", List.of(ref.id())));

            assertEquals(
                    1, own.findByPhone(PhoneNumber.parse("+442079460123")).all().size());
        }
    }

    @Test
    void update_secondNumberAndName_keepsTheFirstFindable() {
        String first = Canary.phone();
        String second = Canary.phone();
        RecordRef ref = contacts.create(ContactDraft.named("Lovelace")
                .givenName("Ada")
                .phone(Phone.of(PhoneNumber.parse(first), Phone.Type.MOBILE))
                .build());
        Phone work = Phone.of(PhoneNumber.parse(second), Phone.Type.WORK);

        contacts.update(ref, ContactDraft.change().givenName("A").phone(work).build(), Optional.empty());

        for (String phone : List.of(first, second)) {
            Contact found = contacts.findByPhone(PhoneNumber.parse(phone)).all().get(0);
            assertEquals("A Lovelace", found.name());
        }
    }

    @Test
    void create_addressThatSomebodyHas_isAConflict() {
        String email = Canary.email();
        contacts.create(ContactDraft.named("A").email(email).build());

        Leaks.saw(assertThrows(
                ConflictException.class,
                () -> contacts.create(ContactDraft.named("B").email(email).build())));
    }

    @Test
    void upsert_byManyAtOnce_createsOneContact() throws Exception {
        ExternalKey key = new ExternalKey("CustomerNumber", "c-1");
        List<Callable<Upserted>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ContactDraft draft = ContactDraft.named("Name " + i).build();
            work.add(() -> contacts.upsert(key, draft));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int created = 0;
        Set<RecordRef> refs = new HashSet<>();
        try {
            for (Future<Upserted> upserted : threads.invokeAll(work)) {
                created += upserted.get().created() ? 1 : 0;
                refs.add(upserted.get().ref());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(1, created);
        assertEquals(1, refs.size());
        assertEquals(1, contacts.findByExternalId(key).all().size());
    }

    @Test
    void complete_notesTwiceAndAgentsComment_areKeptOnceEach() {
        CallLog calls = trunkline.client(CallLog.class, "desk");
        RecordRef call = calls.open(
                CallOpening.of("c-1", CallDirection.INBOUND, PhoneNumber.parse("+442079460123"), Instant.EPOCH));
        tickets.comment(call, "agent's own", false);
        CallSummary summary = CallSummary.builder()
                .notes("wants\r\n\r\na refund")
                .disposition("Refund")
                .build();

        calls.update("c-1", summary);
        calls.complete("c-1", summary);
        calls.complete("c-1", summary);

        assertEquals(
                List.of("agent's own", "Disposition Refund\n\nwants\n\na refund"),
                tickets.comments(call).stream().map(Comment::body).toList());
        assertTrue(calls.get("c-1").orElseThrow().completed());
    }

    @Test
    void attachments_filesThatNobodyCouldKeep_areRefused() {
        byte[] some = "x".getBytes(StandardCharsets.UTF_8);
        for (String name : List.of("", "a/b", "a\\b", "a\"b", "a\r\nb", "x".repeat(201))) {
            assertThrows(IllegalArgumentException.class, () -> new TicketFile(name, "text/plain", some), name);
        }
        assertThrows(IllegalArgumentException.class, () -> new TicketFile("a", "text", some));
        assertThrows(IllegalArgumentException.class, () -> new TicketFile("a", "text/plain", new byte[0]));
    }
}
