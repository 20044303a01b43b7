package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.error.ProtocolException;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform documents of errors, and what callers make of each. */
@Timeout(60)
final class SalesforceErrorsTest {

    private final FakeSalesforce org = new FakeSalesforce();
    private final VirtualClock clock = VirtualClock.single();
    private final Trunkline trunkline = Watched.trunkline()
            .time(TimeSource.of(clock::now, clock::nanos, clock::sleep))
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
            .build();

    @BeforeEach
    void connect() {
        trunkline.verify("crm", Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    private Contacts contacts() {
        return trunkline.client(Contacts.class, "crm");
    }

    private static Fault refusal(int status, String code, String message) {
        return Fault.answer(
                status,
                "application/json",
                "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\",\"fields\":[\"Email\",\"<b>\"]}]");
    }

    /** The columns: status, code, message, what a create is told, and who repeats: nobody, reads or all. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvFileSource(resources = "/salesforce-errors.csv", numLinesToSkip = 1)
    void errors_documentedCode_isWhatTheCallerDoesNextAndRepeatedOnlyWhereSafe(
            int status, String code, String message, ErrorKind kind, String repeated) {
        Fault fault = refusal(status, code, message + " " + Canary.text());
        org.platform().next(fault, fault, fault);
        int before = org.platform().count();

        ConnectorException thrown = Leaks.saw(assertThrows(
                ConnectorException.class,
                () -> contacts().create(ContactDraft.named("A").build())));

        assertEquals(kind, thrown.kind());
        assertEquals(Optional.of(code), thrown.context().platformCode());
        assertEquals(Optional.of(status), thrown.context().status());
        assertEquals(repeated.equals("all") ? 3 : 1, org.platform().count() - before);
        assertReads(fault, repeated.equals("nobody") ? 1 : 3);
    }

    private void assertReads(Fault fault, int attempts) {
        org.platform().next(fault, fault, fault);
        int before = org.platform().count();
        try {
            contacts().findByEmail("a@example.test");
        } catch (ConnectorException e) {
            Leaks.saw(e);
        }
        assertEquals(attempts, org.platform().count() - before);
    }

    /** Without a code of the platform's: proxies, wrong hosts, moved orgs. */
    @ParameterizedTest
    @CsvSource({
        "301,CONFIGURATION", "302,CONFIGURATION", "307,CONFIGURATION", "308,CONFIGURATION", "404,PROTOCOL",
        "410,CONFIGURATION", "403,PERMISSION", "414,INVALID_REQUEST", "415,INVALID_REQUEST", "420,RATE_LIMITED",
        "429,RATE_LIMITED"
    })
    void errors_statusWithoutCode_isNeverTakenForAMissingRecord(int status, ErrorKind kind) {
        Fault page = Fault.answer(status, "text/html", "<html>not Salesforce</html>");
        org.platform().next(page, page, page);

        ConnectorException thrown = assertThrows(
                ConnectorException.class, () -> contacts().get(RecordRef.of("crm", "Contact", "003000000000001AAA")));

        assertEquals(kind, thrown.kind());
    }

    @Test
    void errors_bodyOfAnotherForm_isReadByItsStatus() {
        for (String body : new String[] {"", "null", "[]", "[null]", "{}", "[1]", "{\"errorCode\":1}", "[{}]", "x"}) {
            org.platform().next(Fault.answer(400, "application/json", body));

            assertThrows(InvalidRequestException.class, () -> contacts().findByEmail("a@example.test"), body);
        }
    }

    @Test
    void errors_ofAField_nameItAndNothingThatIsNoName() {
        org.platform().next(refusal(400, "STRING_TOO_LONG", "x"));

        InvalidRequestException thrown = assertThrows(
                InvalidRequestException.class,
                () -> contacts().create(ContactDraft.named("A").build()));

        assertTrue(String.valueOf(thrown.getMessage()).contains(": Email ["), thrown.getMessage());
    }

    @Test
    void X30_manyLockedRows_doNotOpenTheBreaker() {
        Fault locked = refusal(400, "UNABLE_TO_LOCK_ROW", "x");
        for (int i = 0; i < 40; i++) {
            org.platform().next(locked, locked, locked);
            assertThrows(
                    ConnectorException.class,
                    () -> contacts().create(ContactDraft.named("A").build()));
        }

        drain();
        assertEquals("Acme", trunkline.verify("crm", Duration.ofSeconds(5)));
    }

    /** Faults that a spent retry budget has left in the script. */
    private void drain() {
        for (int i = 0; i < 120; i++) {
            try {
                trunkline.verify("crm", Duration.ofSeconds(5));
                return;
            } catch (ConnectorException e) {
                assertEquals(ErrorKind.RATE_LIMITED, e.kind());
            }
        }
    }

    @Test
    void T10_sessionRefusedAgainAfterRenewal_isToldAfterOneRenewal() {
        int tokens = org.tokensGiven();
        Fault expired = refusal(401, "INVALID_SESSION_ID", "Session expired or invalid");
        org.platform().next(expired, Fault.none(), expired, expired);

        assertThrows(AuthenticationException.class, () -> contacts().findByEmail("a@example.test"));

        assertEquals(tokens + 1, org.tokensGiven());
    }

    @Test
    void upsert_keyOfSeveralRecords_isAConflict() {
        org.row("Contact", Map.of("LastName", "A", "Key__c", "k1"));
        org.row("Contact", Map.of("LastName", "B", "Key__c", "k1"));
        ContactDraft draft = ContactDraft.named("C").customField("Key__c", "k1").build();

        assertThrows(ConflictException.class, () -> contacts().upsert(new ExternalKey("Key__c", "k1"), draft));

        assertEquals(2, org.all("Contact").size());
    }

    @Test
    void X17_createdWithoutIdOrSuccess_isAProtocolError() {
        for (String body : new String[] {
            "{}", "{\"id\":\"003000000000001AAA\",\"success\":false}", "{\"id\":\"../x\",\"success\":true}", "null", ""
        }) {
            org.platform().next(Fault.answer(201, "application/json", body));

            ConnectorException thrown = assertThrows(
                    ConnectorException.class,
                    () -> contacts().create(ContactDraft.named("A").build()),
                    body);

            assertTrue(thrown instanceof ProtocolException || thrown.kind() == ErrorKind.OUTCOME_UNKNOWN, body);
        }
    }

    @Test
    void redirect_ofTheOrg_namesTheSettingAndIsNotFollowed() {
        org.platform().next(Fault.answer(302, "text/html", ""));
        int before = org.platform().count();

        ConfigurationException thrown =
                assertThrows(ConfigurationException.class, () -> contacts().findByEmail("a@example.test"));

        assertTrue(String.valueOf(thrown.getMessage()).contains("my-domain"));
        assertEquals(1, org.platform().count() - before);
    }
}
