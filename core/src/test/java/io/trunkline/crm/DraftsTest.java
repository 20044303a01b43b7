package io.trunkline.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to and read from business systems, in our words. */
final class DraftsTest {

    private static final RecordRef REF = RecordRef.of("crm", "Contact", "1");
    private static final RecordInfo INFO = RecordInfo.of(REF).build();
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+442079460000");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nb", "a\0b", "a\u0085b", "\t"})
    void draft_lineThatIsNone_isRefusedWithoutRepeatingIt(String text) {
        assertThrows(IllegalArgumentException.class, () -> ContactDraft.named(text));
        assertThrows(IllegalArgumentException.class, () -> ContactDraft.change().givenName(text));
        assertThrows(IllegalArgumentException.class, () -> ContactDraft.change().accountId(text));
        assertThrows(IllegalArgumentException.class, () -> ContactDraft.change().customField(text, 1));
        assertThrows(IllegalArgumentException.class, () -> TicketDraft.about(text));
        assertThrows(IllegalArgumentException.class, () -> TicketDraft.change().ownerId(text));
        assertThrows(IllegalArgumentException.class, () -> TicketDraft.change().customField(text, 1));
        assertThrows(IllegalArgumentException.class, () -> CallSummary.builder().disposition(text));
        assertThrows(IllegalArgumentException.class, () -> opening("i").subject(text));
        assertThrows(IllegalArgumentException.class, () -> new ExternalKey(text, "1"));
        assertThrows(IllegalArgumentException.class, () -> new ExternalKey("f", text));
        String secret = Canary.text() + text + "\n";
        Leaks.saw(assertThrows(IllegalArgumentException.class, () -> ContactDraft.named(secret)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "@", "a@", "@b", "a b@c", "a@b c", "a@b\n", "a@b>,c@d", "a@b@c", "\"a\"@b"})
    void draft_addressThatIsNone_isRefused(String email) {
        assertThrows(
                IllegalArgumentException.class, () -> ContactDraft.named("x").email(email));
    }

    @Test
    void contactDraft_whatWasSet_isThereAndNothingElse() {
        Phone phone = Phone.of(NUMBER, Phone.Type.MOBILE);
        ContactDraft.Builder builder = ContactDraft.named("Lovelace")
                .givenName("Ada")
                .phone(phone)
                .email("ada@example.test")
                .accountId("001")
                .customField("vip", true)
                .customField("gone", null);
        ContactDraft draft = builder.build();
        builder.email("later@example.test").customField("later", 1);

        assertEquals(Optional.of("Lovelace"), draft.familyName());
        assertEquals(Optional.of("Ada"), draft.givenName());
        assertEquals(List.of(phone), draft.phones());
        assertEquals(List.of("ada@example.test"), draft.emails());
        assertEquals(Optional.of("001"), draft.accountId());
        assertEquals(2, draft.customFields().size());
        assertTrue(draft.customFields().containsKey("gone"));
        ContactDraft empty = ContactDraft.change().build();
        assertTrue(empty.familyName().isEmpty()
                && empty.phones().isEmpty()
                && empty.customFields().isEmpty());
        assertThrows(NullPointerException.class, () -> ContactDraft.change().phone(null));
        assertThrows(
                UnsupportedOperationException.class, () -> draft.customFields().clear());
    }

    @Test
    void ticketDraft_whatWasSet_isThereAndNothingElse() {
        TicketDraft draft = TicketDraft.about("No tone")
                .description("since\nMonday")
                .status(TicketStatus.OPEN)
                .priority(TicketPriority.HIGH)
                .contact(REF)
                .ownerId("005")
                .customField("queue", "east")
                .build();

        assertEquals(Optional.of("No tone"), draft.subject());
        assertEquals(Optional.of("since\nMonday"), draft.description());
        assertEquals(Optional.of(TicketStatus.OPEN), draft.status());
        assertEquals(Optional.of(TicketPriority.HIGH), draft.priority());
        assertEquals(Optional.of(REF), draft.contact());
        assertEquals(Optional.of("005"), draft.ownerId());
        assertEquals(Map.of("queue", "east"), draft.customFields());
        TicketDraft empty = TicketDraft.change().build();
        assertTrue(empty.subject().isEmpty()
                && empty.status().isEmpty()
                && empty.contact().isEmpty());
    }

    private static CallOpening opening(String id) {
        return CallOpening.of(id, CallDirection.INBOUND, NUMBER, Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u00e9", "\u007f"})
    void callOpening_idOfAnotherForm_isRefused(String id) {
        assertThrows(IllegalArgumentException.class, () -> opening(id));
        assertThrows(IllegalArgumentException.class, () -> opening("x".repeat(101)));
    }

    @Test
    void callOpening_changed_leavesTheOriginalAsItWas() {
        CallOpening opening = opening("call-1");
        CallOpening more = opening.contact(REF).ticket(REF).subject("About the invoice");

        assertTrue(opening.contact().isEmpty() && opening.ticket().isEmpty());
        assertEquals("Incoming call", opening.subject());
        assertEquals(Optional.of(REF), more.contact());
        assertEquals(Optional.of(REF), more.ticket());
        assertEquals("About the invoice", more.subject());
        assertEquals("call-1", more.interactionId());
        assertEquals(NUMBER, more.customer());
        assertEquals(Instant.EPOCH, more.startedAt());
        assertEquals(
                "Outgoing call",
                CallOpening.of("c", CallDirection.OUTBOUND, NUMBER, Instant.EPOCH)
                        .subject());
    }

    @Test
    void callSummary_whatWasSet_isThereAndNothingElse() {
        CallSummary summary = CallSummary.builder()
                .endedAt(Instant.EPOCH)
                .talked(Duration.ofSeconds(90))
                .disposition("resolved")
                .notes("called\nback")
                .transcript("hello")
                .recording(URI.create("https://rec.test/1"))
                .contact(REF)
                .ticket(REF)
                .build();

        assertEquals(Optional.of(Instant.EPOCH), summary.endedAt());
        assertEquals(Optional.of(Duration.ofSeconds(90)), summary.talked());
        assertEquals(Optional.of("resolved"), summary.disposition());
        assertEquals(Optional.of("called\nback"), summary.notes());
        assertEquals(Optional.of("hello"), summary.transcript());
        assertEquals(Optional.of(URI.create("https://rec.test/1")), summary.recording());
        assertEquals(Optional.of(REF), summary.contact());
        assertEquals(Optional.of(REF), summary.ticket());
        assertTrue(CallSummary.builder().build().notes().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> CallSummary.builder().talked(Duration.ofNanos(-1)));
    }

    @Test
    void match_ofNoneOneOrMany_isNeverSilentlyTheFirst() {
        assertInstanceOf(Match.None.class, Match.of(List.of()));
        assertEquals(
                "a", assertInstanceOf(Match.One.class, Match.of(List.of("a"))).value());
        List<String> found = new ArrayList<>(List.of("a", "b"));
        Match<String> many = Match.of(found);
        assertInstanceOf(Match.Many.class, many);
        found.clear();

        assertEquals(List.of("a", "b"), many.all());
        assertEquals(List.of(), new Match.None<>().all());
        assertEquals(List.of("x"), new Match.One<>("x").all());
        assertThrows(IllegalArgumentException.class, () -> new Match.Many<>(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Match.Many<>(List.of("a")));
    }

    @Test
    void printed_peopleAndTexts_areNotShown() {
        Phone phone = Phone.of(PhoneNumber.parse(Canary.phone()), Phone.Type.HOME);
        Leaks.printed(phone);
        Leaks.printed(new Phone(Canary.phone(), null, OpenEnum.unknown("other")));
        Leaks.printed(new Contact(
                INFO, Canary.text(), Canary.text(), null, List.of(phone), List.of(Canary.email()), null, null));
        Leaks.printed(new Account(INFO, Canary.text(), List.of(phone)));
        Leaks.printed(
                new Ticket(INFO, "1", Canary.text(), Canary.text(), OpenEnum.of(TicketStatus.NEW), null, REF, null));
        Leaks.printed(new Comment(INFO, Canary.text(), true, Canary.text()));
        Leaks.printed(new ExternalKey("f", Canary.text()));
        Leaks.printed(ContactDraft.named(Canary.text())
                .email(Canary.email())
                .phone(phone)
                .build());
        Leaks.printed(
                TicketDraft.about(Canary.text()).description(Canary.text()).build());
        Leaks.printed(CallSummary.builder()
                .notes(Canary.text())
                .transcript(Canary.text())
                .build());
        Leaks.printed(CallOpening.of("i", CallDirection.INBOUND, PhoneNumber.parse(Canary.phone()), Instant.EPOCH)
                .subject(Canary.text()));
        assertEquals("CallRecord[" + REF + " i]", new CallRecord(INFO, "i", true).toString());
    }

    @Test
    void records_optionalParts_areEmptyWhereThePlatformSaysNothing() {
        Contact contact = new Contact(INFO, "Ada", null, null, List.of(), List.of(), null, null);
        assertTrue(contact.company().isEmpty() && contact.inCharge().isEmpty());
        assertEquals(REF, contact.ref());
        Ticket ticket = new Ticket(INFO, "1", "s", "d", OpenEnum.unknown("limbo"), null, null, null);
        assertTrue(ticket.urgency().isEmpty()
                && ticket.requester().isEmpty()
                && ticket.assignee().isEmpty());
        assertFalse(ticket.status().known().isPresent());
        assertEquals(Optional.empty(), new Phone("ask at the desk", null, OpenEnum.of(Phone.Type.WORK)).number());
        List<String> choices = new ArrayList<>(List.of("a"));
        FieldInfo field = new FieldInfo("n", "l", "t", true, true, choices);
        choices.add("b");
        assertEquals(List.of("a"), field.choices());
    }
}
