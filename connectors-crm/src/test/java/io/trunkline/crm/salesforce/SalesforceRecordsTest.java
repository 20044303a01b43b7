package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.CommonSettings;
import io.trunkline.crm.Account;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.crm.Phone;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.error.ProtocolException;
import io.trunkline.http.HttpHeaders;
import io.trunkline.http.RateWindow;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's rows as our records: whole, empty, in unknown words, and by any way of writing a number. */
@Timeout(60)
final class SalesforceRecordsTest {

    private static final PhoneNumber LONDON = PhoneNumber.parse("+442079460123");

    private final FakeSalesforce org = new FakeSalesforce();
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret()))
                            .with(Salesforce.DEFAULT_REGION, "GB")
                            .with(
                                    CommonSettings.FIELDS,
                                    "vip = VIP__c : boolean = false; severity = Case.Severity__c; tier = Account.Tier__c"))
            .build();
    private final Contacts contacts = trunkline.client(Contacts.class, "crm");
    private final Tickets tickets = trunkline.client(Tickets.class, "crm");
    private final Accounts accounts = trunkline.client(Accounts.class, "crm");

    SalesforceRecordsTest() {
        org.customField("Case", "Severity__c");
        org.customField("Account", "Tier__c");
    }

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    private static RecordRef ref(String type, String id) {
        return RecordRef.of("crm", type, id);
    }

    private static Map<String, Object> lovelace(String email) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "FirstName",
                "Ada",
                "LastName",
                "Lovelace",
                "Email",
                email,
                "Phone",
                "020 7946 0123",
                "MobilePhone",
                "+44 7700 900123",
                "HomePhone",
                "n/a",
                "Fax",
                "+44 20 7946 0999",
                "AccountId",
                "001000000000009AAA",
                "OwnerId",
                "005000000000009AAA"));
        row.put("VIP__c", true);
        return row;
    }

    @Test
    void contact_everyField_isMapped() {
        org.now(Instant.parse("2026-02-01T10:00:00Z"));
        String email = Canary.email();
        String id = org.row("Contact", lovelace(email));

        Contact contact = contacts.get(ref("Contact", id)).orElseThrow();

        assertEquals("Ada Lovelace", contact.name());
        assertEquals(List.of(email), contact.emails());
        assertEquals("001000000000009AAA", contact.company().orElseThrow().id());
        assertEquals("User", contact.inCharge().orElseThrow().type());
        assertEquals(Map.of("vip", true), contact.info().customFields());
        assertEquals(
                Optional.of(Instant.parse("2026-02-01T10:00:00Z")),
                contact.info().createdAt());
        assertTrue(contact.ref().url().orElseThrow().getPath().endsWith("/lightning/r/Contact/" + id + "/view"));
        Leaks.printed(contact);
    }

    @Test
    void contact_numbersOfEveryKind_haveTypeTextAndNumberWhereThereIsOne() {
        String id = org.row("Contact", lovelace(Canary.email()));

        Contact contact = contacts.get(ref("Contact", id)).orElseThrow();

        assertEquals(
                List.of(Phone.Type.WORK, Phone.Type.MOBILE, Phone.Type.HOME, Phone.Type.FAX),
                contact.phones().stream()
                        .map(phone -> phone.type().known().orElseThrow())
                        .toList());
        assertEquals(Optional.of(LONDON), contact.phones().get(0).number());
        assertTrue(contact.phones().get(2).number().isEmpty());
        assertEquals("n/a", contact.phones().get(2).stored());
    }

    @Test
    void contact_withNothingButAName_hasEmptyPartsAndDefaults() {
        String id = org.row("Contact", Map.of("LastName", "A"));

        Contact contact = contacts.get(ref("Contact", id)).orElseThrow();

        assertTrue(contact.phones().isEmpty() && contact.emails().isEmpty());
        assertTrue(contact.company().isEmpty() && contact.inCharge().isEmpty());
        assertNull(contact.givenName());
        assertEquals(false, contact.info().customFields().get("vip"));
    }

    @Test
    void update_nullOfACustomField_emptiesIt() {
        String id = org.row("Contact", Map.of("LastName", "A", "VIP__c", true));

        contacts.update(
                ref("Contact", id),
                ContactDraft.change().customField("vip", null).build(),
                Optional.empty());

        assertTrue(org.row("Contact", id).containsKey("VIP__c"));
        assertNull(org.row("Contact", id).get("VIP__c"));
    }

    @Test
    void X53_customFieldOfAnotherType_isReportedByNameAndNotCoerced() {
        String id = org.row("Contact", Map.of("LastName", "A", "VIP__c", Canary.text()));

        ProtocolException thrown =
                Leaks.saw(assertThrows(ProtocolException.class, () -> contacts.get(ref("Contact", id))));

        assertTrue(String.valueOf(thrown.getMessage()).contains("vip"));
    }

    @Test
    void update_versionOnADayOfOneDigit_isAnHttpDate() {
        org.now(Instant.parse("2026-02-01T10:00:00Z"));
        String id = org.row("Contact", Map.of("LastName", "A"));

        contacts.update(
                ref("Contact", id),
                ContactDraft.change().givenName("B").build(),
                contacts.get(ref("Contact", id)).orElseThrow().info().version());

        assertEquals(
                Optional.of("Sun, 01 Feb 2026 10:00:00 GMT"),
                org.platform().last().header("If-Unmodified-Since"));
    }

    @Test
    void delete_goneAlready_isDeleted() {
        String id = org.row("Contact", Map.of("LastName", "A"));

        contacts.delete(ref("Contact", id));
        contacts.delete(ref("Contact", id));
        contacts.delete(ref("Contact", "003000000000999AAA"));

        assertEquals(Optional.empty(), contacts.get(ref("Contact", id)));
    }

    @Test
    void account_customFieldAndPhone_areMapped() {
        String id = org.row("Account", Map.of("Name", "Acme", "Phone", "(020) 7946-0123", "Tier__c", "gold"));

        Account account = accounts.get(ref("Account", id)).orElseThrow();

        assertEquals("gold", account.info().customFields().get("tier"));
        assertEquals(Optional.of(LONDON), account.phones().get(0).number());
        assertEquals(1, accounts.findByPhone(LONDON).all().size());
    }

    @ParameterizedTest
    @CsvSource({
        "New,false,NEW",
        "Working,false,OPEN",
        "Escalated,false,OPEN",
        "On Hold,false,ON_HOLD",
        "Closed,true,CLOSED",
        "Erledigt,true,CLOSED",
        "Waiting for Godot,false,"
    })
    void X18_statusInAnyWord_keepsTheWordAndTellsWhatIsKnown(String word, boolean closed, TicketStatus known) {
        String id = org.row("Case", Map.of("Subject", "S", "Status", word));
        org.row("Case", id).put("IsClosed", closed);

        Ticket ticket = tickets.get(ref("Case", id)).orElseThrow();

        assertEquals(word, ticket.status().word());
        assertEquals(Optional.ofNullable(known), ticket.status().known());
    }

    @ParameterizedTest
    @CsvSource({"High,HIGH", "Medium,NORMAL", "Low,LOW", "P0,"})
    void X18_priorityInAnyWord_keepsTheWord(String word, TicketPriority known) {
        String id = org.row("Case", Map.of("Subject", "S", "Priority", word));

        Ticket ticket = tickets.get(ref("Case", id)).orElseThrow();

        assertEquals(word, ticket.urgency().orElseThrow().word());
        assertEquals(Optional.ofNullable(known), ticket.urgency().orElseThrow().known());
    }

    @Test
    void ticket_everyStatusAndPriority_isWrittenInThePlatformsWords() {
        for (TicketStatus status : TicketStatus.values()) {
            RecordRef ref = tickets.create(TicketDraft.about("S")
                    .status(status)
                    .priority(TicketPriority.URGENT)
                    .build());
            Object word = org.row("Case", ref.id()).get("Status");
            assertTrue(List.of("New", "Working", "On Hold", "Closed").contains(word), status + " " + word);
        }
        RecordRef own = tickets.create(TicketDraft.about("S")
                .customField("Status", "Erledigt")
                .customField("severity", "high")
                .build());

        assertEquals("Erledigt", org.row("Case", own.id()).get("Status"));
        assertEquals(
                "high", tickets.get(own).orElseThrow().info().customFields().get("severity"));
    }

    @Test
    void comment_withoutBodyOrAuthor_isEmptyNotMissing() {
        String ticket = org.row("Case", Map.of("Subject", "S"));
        org.row("CaseComment", Map.of("ParentId", ticket));

        Comment comment =
                tickets.comments(ref("Case", ticket)).stream().findFirst().orElseThrow();

        assertEquals("", comment.body());
        assertEquals("", comment.author());
        assertFalse(comment.publicToCustomer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "020 7946 0123",
                "+44 20 7946 0123",
                "020.7946.0123",
                "(020) 7946-0123",
                "+44 (0)20 7946 0123",
                "020 7946 0123 x12",
                "+442079460123 ext. 9",
                "02079460123,55",
                "0044 20 79460123"
            })
    void findByPhone_anyWayOfWriting_isFound(String stored) {
        org.row("Contact", Map.of("LastName", "A", "OtherPhone", stored));

        assertEquals(1, contacts.findByPhone(LONDON).all().size(), stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"020.7946.0124", "020 7946 01234", "+1 207-946-0123", "2079460123 2079460124", "x"})
    void findByPhone_similarNumber_isNotFound(String stored) {
        org.row("Contact", Map.of("LastName", "A", "OtherPhone", stored));

        assertEquals(Match.of(List.<Contact>of()), contacts.findByPhone(LONDON), stored);
    }

    @Test
    void findByPhone_twoFieldsOfOnePerson_isOnePerson() {
        org.row("Contact", Map.of("LastName", "A", "Phone", "02079460123", "MobilePhone", "+442079460123"));

        assertEquals(1, contacts.findByPhone(LONDON).all().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api-usage=18/5000|4982|5000",
                "api-usage=18/5000; per-app-api-usage=17/250(appName=desk)|4982|5000",
                "api-usage=18/5000; per-app-api-usage=240/250(appName=desk)|10|250",
                "api-usage=5100/5000|1|5000",
                "per-app-api-usage=17/250(appName=desk)||",
                "api-usage=x/5000||",
                "api-usage=99999999999999/5||"
            })
    void usage_everyForm_isTheQuotaThatCounts(String header, Long remaining, Long limit) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Sforce-Limit-Info", List.of(header)));

        Optional<RateWindow> window = new SalesforceUsage().read(headers, Instant.EPOCH);

        assertEquals(Optional.ofNullable(remaining), window.map(RateWindow::remaining));
        assertEquals(Optional.ofNullable(limit), window.map(RateWindow::limit));
    }

    @Test
    void refs_ofThePlatform_leadToItsPages() {
        String id = org.row("Account", Map.of("Name", "Acme"));

        URI page = accounts.get(ref("Account", id))
                .orElseThrow()
                .info()
                .ref()
                .url()
                .orElseThrow();

        assertEquals(org.platform().uri().getHost(), page.getHost());
    }
}
