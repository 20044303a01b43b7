package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Phone;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketAttachment;
import io.trunkline.crm.TicketAttachments;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketFile;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.testkit.Watched;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the shared contracts do not ask: files, numbers as people type them, and what the server does silently. */
final class RoomsTest {

    private final Trunkline trunkline = connected(LiveDesk.SERVER);

    @AfterEach
    void close() {
        trunkline.close();
    }

    @Test
    void attachments_bytesOfEveryKindAndNamesOfEveryScript_comeBackAsTheyWere() throws Exception {
        RecordRef ticket = tickets().create(TicketDraft.about("files").build());
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        TicketAttachments files = trunkline.client(TicketAttachments.class, "desk");
        files.add(ticket, new TicketFile("录音 é.wav", "audio/wav", bytes));
        files.add(ticket, new TicketFile("note.txt", "text/plain", "grüße\n".getBytes("UTF-8")));

        List<TicketAttachment> listed = files.list(ticket).stream().toList();

        assertEquals(List.of("录音 é.wav", "note.txt"), listed.stream().map(TicketAttachment::name).toList());
        assertEquals(bytes.length, listed.get(0).size());
        try (InputStream content = files.read(listed.get(0).ref())) {
            assertArrayEquals(bytes, content.readAllBytes());
        }
        try (InputStream content = files.read(listed.get(1).ref())) {
            assertEquals("grüße\n", new String(content.readAllBytes(), "UTF-8"));
        }
    }

    @Test
    void findByPhone_numbersThatPeopleTyped_areFoundThroughTheirTickets() {
        int last = 100;
        for (String field : List.of("WorkPhone", "MobilePhone", "HomePhone", "PagerPhone")) {
            for (String form : List.of(
                    "(020) 7946-0%d", "+44 20 7946 0%d", "02079460%d", "00442079460%d", "442079460%d ext. 12")) {
                String name = "typed-" + ++last;
                LiveDesk.request("POST", "user", Map.of("Name", name, field, form.formatted(last)));
                LiveDesk.request("POST", "ticket", Map.of("Queue", "Support", "Subject", "x", "Requestor", name));

                List<Contact> found =
                        contacts().findByPhone(PhoneNumber.parse("+442079460" + last)).all();

                assertEquals(1, found.size(), form + " in " + field);
                assertEquals(name, found.get(0).info().raw().get("Name"));
            }
        }
    }

    @Test
    void contacts_sameKeyAndOldVersion_updateOnceAndConflict() {
        ExternalKey key = new ExternalKey("CustomerNumber", Canary.text());
        RecordRef ref = contacts().upsert(key, ContactDraft.named("A").build()).ref();
        Optional<String> version = contacts().get(ref).orElseThrow().info().version();

        assertTrue(!contacts().upsert(key, ContactDraft.change().givenName("B").build()).created());

        assertEquals("B A", contacts().get(ref).orElseThrow().name());
        assertThrows(
                ConflictException.class,
                () -> contacts().update(ref, ContactDraft.change().givenName("C").build(), version));
        assertEquals(ref.id(), contacts().findByExternalId(key).all().get(0).ref().id());
    }

    @Test
    void contacts_numberAddedLater_isFoundByBoth() {
        String first = Canary.phone();
        String second = Canary.phone();
        RecordRef ref = contacts().create(ContactDraft.named("A")
                .phone(Phone.of(PhoneNumber.parse(first), Phone.Type.MOBILE))
                .build());

        contacts().update(
                ref,
                ContactDraft.change().phone(Phone.of(PhoneNumber.parse(second), Phone.Type.WORK)).build(),
                Optional.empty());

        for (String phone : List.of(first, second)) {
            assertEquals(
                    ref.id(), contacts().findByPhone(PhoneNumber.parse(phone)).all().get(0).ref().id());
        }
    }

    @Test
    void customFields_ofTicketsAndUsers_goBothWaysAndUnknownOnesAreRefused() {
        RecordRef ref = tickets().create(TicketDraft.about("x").customField("severity", "high").build());

        assertEquals("high", tickets().get(ref).orElseThrow().info().customFields().get("severity"));
        tickets().update(ref, TicketDraft.change().customField("severity", "low").build(), Optional.empty());
        assertEquals("low", tickets().get(ref).orElseThrow().info().customFields().get("severity"));
        tickets().update(ref, TicketDraft.change().customField("severity", null).build(), Optional.empty());
        assertEquals(null, tickets().get(ref).orElseThrow().info().customFields().get("severity"));
        TicketDraft unknown = TicketDraft.about("x").customField("Nonsense", "x").build();
        assertThrows(InvalidRequestException.class, () -> tickets().create(unknown));
        TicketDraft extreme = TicketDraft.about("x").customField("severity", "extreme").build();
        assertThrows(InvalidRequestException.class, () -> tickets().create(extreme));
    }

    @Test
    void write_whatTheServerPassesOver_isAnError() {
        RecordRef ref = tickets().create(TicketDraft.about("x").build());
        TicketDraft nobody = TicketDraft.about("x").contact(RecordRef.of("desk", "user", "999999")).build();

        assertThrows(InvalidRequestException.class, () -> tickets().create(nobody));
        assertThrows(
                InvalidRequestException.class,
                () -> tickets().update(ref, TicketDraft.change().ownerId("999999").build(), Optional.empty()));
        RecordRef contact = contacts().create(ContactDraft.named("A").email(Canary.email()).build());
        String taken = contacts().get(contact).orElseThrow().emails().get(0);
        assertThrows(
                ConflictException.class,
                () -> contacts().create(ContactDraft.named("B").email(taken).build()));
    }

    @Test
    void changes_deletedMergedAndRestored_areToldInOrder() {
        ChangeFeed feed = trunkline.client(ChangeFeed.class, "desk");
        RecordRef kept = tickets().create(TicketDraft.about("kept").build());
        RecordRef deleted = tickets().create(TicketDraft.about("deleted").build());
        RecordRef merged = tickets().create(TicketDraft.about("merged").build());
        RecordRef restored = tickets().create(TicketDraft.about("restored").build());
        LiveChanges changes = LiveChanges.of(LiveDesk.SERVER).delete(deleted.id()).merge(merged.id(), kept.id());
        changes.delete(restored.id());
        tickets().update(restored, TicketDraft.change().status(TicketStatus.OPEN).build(), Optional.empty());

        Map<String, Change> last = LastChanges.of(feed, kept, deleted, merged, restored);

        assertTrue(!last.get(kept.id()).deleted());
        assertTrue(last.get(deleted.id()).deleted());
        assertTrue(last.get(merged.id()).deleted());
        assertEquals(kept.id(), last.get(merged.id()).fields().get("MergedInto"));
        assertTrue(!last.get(restored.id()).deleted());
        Ticket survivor = tickets().get(merged).orElseThrow();
        assertEquals(kept.id(), survivor.ref().id());
    }

    @Test
    void changes_tokenOfAUserInAnotherZone_areRefused() {
        try (DeskServer far = DeskServer.fresh(Map.of("RT_ZONE", "Asia/Shanghai"));
                Trunkline other = connected(far)) {
            other.client(Tickets.class, "desk").create(TicketDraft.about("x").build());

            assertThrows(
                    ConfigurationException.class,
                    () -> other.client(ChangeFeed.class, "desk").read("ticket", Optional.empty(), 10));
        }
    }

    private Tickets tickets() {
        return trunkline.client(Tickets.class, "desk");
    }

    private Contacts contacts() {
        return trunkline.client(Contacts.class, "desk");
    }

    private static Trunkline connected(DeskServer server) {
        return Watched.trunkline()
                .connect(
                        "desk",
                        RequestTracker.token(server.uri(), Secret.of(DeskServer.token()), "Support")
                                .with(RequestTracker.DEFAULT_REGION, "GB")
                                .with(RequestTracker.COMMIT_TIME, Duration.ofMillis(1))
                                .with(CommonSettings.FIELDS, "severity = ticket.Severity"))
                .build();
    }
}
