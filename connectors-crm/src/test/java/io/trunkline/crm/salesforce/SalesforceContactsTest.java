package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Phone;
import io.trunkline.error.ConflictException;
import io.trunkline.testkit.ContactsContract;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SalesforceContactsTest extends ContactsContract {

    private final FakeSalesforce org = new FakeSalesforce();
    private int keys;

    @Override
    protected FakePlatform start() {
        return org.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return Salesforce.clientCredentials(started.uri(), "consumer-key", Secret.of(Canary.secret()))
                .with(CommonSettings.FIELDS, "vip = VIP__c : boolean = false; key = Key__c");
    }

    @Override
    protected ExternalKey externalKey() {
        return new ExternalKey("Key__c", "k/" + ++keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+44 7700 900123",
                "07700900123",
                "+447700900123",
                "447700900123",
                "00447700900123",
                "07700 900123"
            })
    void findByPhone_formInWhichPeopleTypeIt_isFound(String stored) {
        org.row("Contact", Map.of("LastName", "A", "HomePhone", stored));

        Match<Contact> match = client(Contacts.class).findByPhone(PhoneNumber.parse("+447700900123"));

        assertEquals(1, match.all().size(), stored);
    }

    @Test
    void customFields_mappedNamesAndTypes_goBothWays() {
        RecordRef ref = client(Contacts.class)
                .create(ContactDraft.named("A")
                        .customField("vip", true)
                        .customField("Other__c", 5)
                        .build());

        assertEquals(true, org.row("Contact", ref.id()).get("VIP__c"));
        assertEquals(5L, org.row("Contact", ref.id()).get("Other__c"));
        Contact contact = client(Contacts.class).get(ref).orElseThrow();
        assertEquals(true, contact.info().customFields().get("vip"));
    }

    @Test
    void update_versionOfSomebodySlower_isAConflict() {
        RecordRef ref = client(Contacts.class).create(ContactDraft.named("A").build());
        Optional<String> version =
                client(Contacts.class).get(ref).orElseThrow().info().version();
        org.now(org.now().plusSeconds(5));
        client(Contacts.class).update(ref, ContactDraft.change().givenName("B").build(), version);

        assertThrows(
                ConflictException.class,
                () -> client(Contacts.class)
                        .update(ref, ContactDraft.change().givenName("C").build(), version));

        assertEquals("B", client(Contacts.class).get(ref).orElseThrow().givenName());
    }

    @Test
    void upsert_sameKeyTwice_createsThenUpdates() {
        ExternalKey key = externalKey();
        assertTrue(client(Contacts.class)
                .upsert(key, ContactDraft.named("A").build())
                .created());
        assertTrue(!client(Contacts.class)
                .upsert(key, ContactDraft.named("B").build())
                .created());

        assertEquals(
                "B", client(Contacts.class).findByExternalId(key).all().get(0).familyName());
    }

    @Test
    void call_tokenExpired_isRenewedOnce() {
        trunkline().verify("subject", Duration.ofSeconds(5));
        int before = org.tokensGiven();
        org.expireTokens();

        assertEquals("Acme", trunkline().verify("subject", Duration.ofSeconds(5)));

        assertEquals(before + 2, org.tokensGiven());
    }

    @Test
    void exchanges_judgedByThePlatformsDescription_fitBothWays() {
        Optional<SpecJudge> judge = SpecJudge.load("salesforce-rest.json", "");
        Assumptions.assumeTrue(judge.isPresent(), "not run: no descriptions at -Dtrunkline.specs");
        Contacts contacts = client(Contacts.class);
        RecordRef ref = contacts.create(ContactDraft.named("A")
                .givenName("B")
                .email("a@example.test")
                .phone(Phone.of(PhoneNumber.parse("+447700900123"), Phone.Type.WORK))
                .build());
        contacts.get(ref);
        contacts.update(ref, ContactDraft.change().givenName("C").build(), Optional.empty());
        contacts.findByPhone(PhoneNumber.parse("+447700900123"));

        assertEquals(List.of(), judge.get().problems(org.dataExchanges()));
        assertEquals(Set.of(), judge.get().unjudged(org.dataExchanges()));
    }
}
