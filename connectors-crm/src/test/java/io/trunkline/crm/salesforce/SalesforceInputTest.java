package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Phone;
import io.trunkline.crm.Schema;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.Tickets;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.http.RawRequest;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.CallOptions;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.Paged;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside stays what it is: a literal, an id, a segment of a path, a page of this org. */
@Timeout(120)
final class SalesforceInputTest {

    private static final String PIECES = "'\"\\%_{}()[]?*&|!~^:+-#/;., \u00e9\u4e2d\u2028\u0000\r\n\u0085\ud83d";
    private static final List<String> WORDS = List.of(
            "' OR Name != '", "\\'", "} IN ALL FIELDS", " AND ", "%27", "x", "SELECT", "\ud83d\ude00", "..", "''");

    private final FakeSalesforce org = new FakeSalesforce();
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
            .build();
    private final Contacts contacts = trunkline.client(Contacts.class, "crm");
    private final Tickets tickets = trunkline.client(Tickets.class, "crm");

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append(
                    random.nextBoolean()
                            ? WORDS.get(random.nextInt(WORDS.size()))
                            : String.valueOf(PIECES.charAt(random.nextInt(PIECES.length()))));
        }
        return text.toString();
    }

    @Test
    void T43_randomTextInEveryInput_isReadByThePlatformAsThatTextAlone() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        int sent = 0;
        for (int round = 0; round < 120; round++) {
            String text = hostile(random);
            sent += same(text, text, () -> contacts.findByEmail(text), seed);
            sent += same(text, text, () -> contacts.findByExternalId(new ExternalKey("Key__c", text)), seed);
            sent += same(text, text.strip(), () -> contacts.search(text).first(), seed);
            sent += same(text, text.strip(), () -> tickets.search(text).first(), seed);
        }

        System.out.println("injection: seed " + seed + ", " + sent + " sent");
        assertTrue(sent > 100, "seed " + seed);
    }

    /** Whether it was sent; if so, the platform has read the text and nothing else. */
    private int same(String text, String expected, Runnable call, long seed) {
        int before = org.platform().count();
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            assertEquals(before, org.platform().count(), "seed " + seed + " sent what it refused");
            assertTrue(!String.valueOf(e.getMessage()).contains(text) || text.length() < 3, "seed " + seed);
            return 0;
        }
        assertEquals(List.of(expected), org.literals(), "seed " + seed);
        return 1;
    }

    @Test
    void T43_control_textPastedIntoAQuery_isSeenByTheReader() {
        String soql = "SELECT Id FROM Contact WHERE Email = '" + "x' OR Email = 'y" + "' LIMIT 1";

        trunkline
                .raw("crm")
                .send(RawRequest.of("GET", "/services/data/v66.0/query").query("q", soql), CallOptions.DEFAULT);

        assertNotEquals(List.of("x' OR Email = 'y"), org.literals());
        assertEquals(List.of("x", "y"), org.literals());
    }

    @Test
    void T43_randomKeysOfUpserts_stayOneSegmentOfThePath() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        int written = 0;
        for (int round = 0; round < 200; round++) {
            String value = hostile(random);
            int before = org.all("Contact").size();
            try {
                contacts.upsert(
                        new ExternalKey("Key__c", value),
                        ContactDraft.named("A" + round).build());
            } catch (IllegalArgumentException | InvalidRequestException e) {
                assertEquals(before, org.all("Contact").size());
                continue;
            }
            written++;
            assertTrue(org.all("Contact").stream().anyMatch(row -> value.equals(row.get("Key__c"))), "seed " + seed);
        }

        assertTrue(written > 50, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test/",
                "//evil.test",
                "../../admin",
                "%2e%2e%2f",
                "003000000000001AAA;x",
                "x?a=b",
                "x#",
                "003000000000001AAA/x",
                "00300000000000é",
                "003 00000000001",
                "0030000000000011"
            })
    void T6_idOfAnotherForm_isRefusedBeforeAnythingIsSent(String id) {
        RecordRef contact = RecordRef.of("crm", "Contact", id);
        RecordRef ticket = RecordRef.of("crm", "Case", id);
        for (Runnable use : List.<Runnable>of(
                () -> contacts.get(contact),
                () -> contacts.delete(contact),
                () -> contacts.update(contact, ContactDraft.named("A").build(), Optional.empty()),
                () -> contacts.create(ContactDraft.named("A").accountId(id).build()),
                () -> tickets.get(ticket),
                () -> tickets.comment(ticket, "x", true),
                () -> tickets.comments(ticket),
                () -> tickets.openTicketsOf(contact),
                () -> tickets.create(TicketDraft.about("A").ownerId(id).build()),
                () -> tickets.update(
                        ticket, TicketDraft.change().contact(contact).build(), Optional.empty()))) {
            IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, use::run);
            assertTrue(!String.valueOf(thrown.getMessage()).contains(id));
        }

        assertEquals(0, org.platform().count());
    }

    @Test
    void T43_namesOfFieldsAndTypes_areNamesOrRefused() {
        for (String name : List.of("", "a b", "Id, Name", "x'", "../x", "a".repeat(81), "1x", "Account.Name")) {
            assertThrows(IllegalArgumentException.class, () -> contacts.findByExternalId(new ExternalKey(name, "v")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> contacts.upsert(
                            new ExternalKey(name, "v"), ContactDraft.named("A").build()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> trunkline.client(Schema.class, "crm").fields(name));
        }

        assertEquals(0, org.platform().count());
    }

    @Test
    void T41_versionThatIsNoTime_reachesNoHeader() {
        RecordRef ref = RecordRef.of("crm", "Contact", "003000000000001AAA");
        for (String version : List.of("", "x\r\nX-Evil: 1", "2026-03-01", "2026-13-01T00:00:00Z", "\u0000")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> contacts.update(ref, ContactDraft.named("A").build(), Optional.of(version)));
        }

        assertEquals(0, org.platform().count());
    }

    @Test
    void drafts_moreThanARecordHasRoomFor_areRefusedAndNotCutSilently() {
        PhoneNumber number = PhoneNumber.parse("+447700900123");
        Phone strange = new Phone("1", null, OpenEnum.unknown("satellite"));
        for (Consumer<ContactDraft.Builder> more : List.<Consumer<ContactDraft.Builder>>of(
                draft -> draft.email("a@example.test").email("b@example.test"),
                draft -> draft.phone(Phone.of(number, Phone.Type.WORK)).phone(Phone.of(number, Phone.Type.WORK)),
                draft -> draft.phone(strange))) {
            ContactDraft.Builder draft = ContactDraft.named("A");
            more.accept(draft);
            assertThrows(IllegalArgumentException.class, () -> contacts.create(draft.build()));
        }

        assertEquals(0, org.platform().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test/services/data/v66.0/query/01g1-3",
                "//evil.test/services/data/v66.0/query/01g1-3",
                "\\\\evil.test/services/data/v66.0/query/01g1-3",
                "https://127.0.0.1@evil.test/services/data/v66.0/query/x",
                "https://127.0.0.1.evil.test/services/data/v66.0/query/x",
                "/services/data/v66.0/query/../../../../x",
                "/services/data/v66.0/query/%2e%2e",
                "/services/oauth2/revoke",
                "/services/data/v66.0/query/x#y",
                "/services/data/v66.0/query/x?y=z",
                "http://127.0.0.1:1/services/data/v66.0/query/x",
                ""
            })
    void T4_nextPageElsewhere_isRefusedAndTheFirstPageKept(String link) {
        trunkline.verify("crm", Duration.ofSeconds(5));
        org.platform().next(page(link));
        Paged.PageWalk<Ticket> walk = tickets.openTicketsOf(RecordRef.of("crm", "Contact", "003000000000001AAA"))
                .pages();
        assertEquals(1, walk.next().items().size());
        int before = org.platform().count();

        Leaks.saw(assertThrows(SecurityPolicyException.class, walk::next));

        assertEquals(before, org.platform().count());
        assertEquals(Optional.of(link), walk.cursor());
    }

    private static Fault page(String next) {
        return Fault.answer(
                200,
                "application/json",
                "{\"totalSize\":9,\"done\":false,\"nextRecordsUrl\":\"" + next.replace("\\", "\\\\")
                        + "\",\"records\":[{\"Id\":\"500000000000001AAA\",\"Status\":\"New\"}]}");
    }

    @Test
    void T5_pagesInACircle_endInAnError() {
        trunkline.verify("crm", Duration.ofSeconds(5));
        String link = "/services/data/v66.0/query/01g";
        org.platform().next(page(link + "a"), page(link + "b"), page(link + "c"), page(link + "a"), page(link + "b"));
        int before = org.platform().count();

        assertThrows(
                IllegalStateException.class,
                () -> tickets.openTicketsOf(RecordRef.of("crm", "Contact", "003000000000001AAA")).stream()
                        .count());

        assertEquals(4, org.platform().count() - before);
    }

    @Test
    void X51_pageLinkExpired_isToldAndTheWalkStaysWhereItWas() {
        trunkline.verify("crm", Duration.ofSeconds(5));
        org.platform()
                .next(
                        page("/services/data/v66.0/query/01gx"),
                        Fault.answer(400, "application/json", "[{\"errorCode\":\"INVALID_QUERY_LOCATOR\"}]"));
        Paged.PageWalk<Ticket> walk = tickets.openTicketsOf(RecordRef.of("crm", "Contact", "003000000000001AAA"))
                .pages();
        walk.next();

        assertThrows(InvalidRequestException.class, walk::next);

        assertEquals(Optional.of("/services/data/v66.0/query/01gx"), walk.cursor());
    }

    @Test
    void search_moreThanAPage_goesOnByOffset() {
        for (int i = 0; i < 450; i++) {
            org.row("Contact", Map.of("LastName", "Smith" + i));
        }

        assertEquals(450, contacts.search("Smith").stream().distinct().count());
        assertThrows(
                IllegalArgumentException.class,
                () -> contacts.search("Smith").from("0) FROM x").first());
    }

    @Test
    void callLog_interactionIdWithQuotes_findsItself() {
        CallLog calls = trunkline.client(CallLog.class, "crm");
        String id = "a'b\\c\"d";
        CallOpening call =
                CallOpening.of(id, CallDirection.OUTBOUND, PhoneNumber.parse("+447700900123"), Instant.EPOCH);

        assertEquals(calls.open(call), calls.open(call));
        assertThrows(
                ConnectorException.class,
                () -> calls.update("a'b", CallSummary.builder().build()));
    }
}
