package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Phone;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Contacts} must do, beside {@link ConnectorContract}. */
public abstract class ContactsContract extends ConnectorContract {

    /** For subclasses. */
    protected ContactsContract() {}

    /** A key of the platform for upserts; its value is new. */
    protected abstract ExternalKey externalKey();

    @Test
    final void contacts_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(Contacts.class, probes());
    }

    @Test
    final void contacts_platformFails_areTypedErrors() {
        failuresAreTyped(Contacts.class, probes());
    }

    @Test
    final void contacts_platformSilent_endAtTheDeadline() {
        trunkline().verify("subject", Duration.ofSeconds(10));
        deadlinesHold(Contacts.class, probes());
    }

    private List<Probe<Contacts>> probes() {
        RecordRef ref = RecordRefs.some(
                client(Contacts.class), Contacts.CREATE, "Contact", () -> created("+447700900999", "a@example.test"));
        return List.of(
                Probe.reading(Contacts.FIND_BY_PHONE, c -> c.findByPhone(PhoneNumber.parse("+441632960000"))),
                Probe.reading(Contacts.FIND_BY_EMAIL, c -> c.findByEmail("nobody@example.test")),
                Probe.reading(Contacts.FIND_BY_EXTERNAL_ID, c -> c.findByExternalId(externalKey())),
                Probe.reading(Contacts.SEARCH, c -> c.search("somebody").first()),
                Probe.reading(Contacts.GET, c -> c.get(ref)),
                Probe.reading(Contacts.CREATE, c -> c.create(draft(Canary.phone(), Canary.email()))),
                Probe.writing(
                        Contacts.UPDATE,
                        c -> c.update(ref, ContactDraft.change().givenName("B").build(), Optional.empty())),
                Probe.reading(Contacts.UPSERT, c -> c.upsert(externalKey(), draft(Canary.phone(), Canary.email()))),
                Probe.writing(Contacts.DELETE, c -> c.delete(ref)));
    }

    @Test
    final void createGetFind_samePerson_comesBackAsItWas() {
        offering(Contacts.class, Contacts.CREATE, Contacts.GET, Contacts.FIND_BY_PHONE, Contacts.FIND_BY_EMAIL);
        String phone = Canary.phone();
        String email = Canary.email();
        RecordRef ref = created(phone, email);

        Contact contact = client(Contacts.class).get(ref).orElseThrow();

        assertEquals("Lovelace", contact.familyName());
        assertTrue(contact.emails().contains(email));
        assertEquals(
                ref.id(),
                one(client(Contacts.class).findByPhone(PhoneNumber.parse(phone)))
                        .ref()
                        .id());
        assertEquals(
                ref.id(), one(client(Contacts.class).findByEmail(email)).ref().id());
        Leaks.printed(contact);
        Leaks.printed(contact.phones());
    }

    @Test
    final void findByPhone_nobodyAndTwo_areToldApart() {
        offering(Contacts.class, Contacts.CREATE, Contacts.FIND_BY_PHONE);
        String phone = Canary.phone();
        assertTrue(
                client(Contacts.class).findByPhone(PhoneNumber.parse("+441632960111")) instanceof Match.None<Contact>);
        created(phone, Canary.email());
        created(phone, Canary.email());

        Match<Contact> match = client(Contacts.class).findByPhone(PhoneNumber.parse(phone));

        assertTrue(match instanceof Match.Many<Contact> many && many.values().size() == 2);
    }

    @Test
    final void get_unknownId_isEmpty() {
        offering(Contacts.class, Contacts.CREATE, Contacts.GET, Contacts.DELETE);
        RecordRef ref = created(Canary.phone(), Canary.email());
        client(Contacts.class).delete(ref);

        assertTrue(client(Contacts.class).get(ref).isEmpty());
    }

    @Test
    final void findAndSearch_injectionTexts_areSafeOrRefused() {
        if (client(Contacts.class).can(Contacts.CREATE)) {
            created(Canary.phone(), Canary.email());
        }
        for (String text :
                List.of("x' OR Name != '", "\\", "a\r\nX-Evil: 1", "%00", "../../x", "{a} IN ALL", "\u0000")) {
            int before = platform().exchanges().size();
            safely(() ->
                    assertTrue(client(Contacts.class).findByEmail(text).all().isEmpty(), text));
            safely(() -> client(Contacts.class).search(text).first());
            platform()
                    .exchanges()
                    .subList(before, platform().exchanges().size())
                    .forEach(exchange ->
                            assertEquals(Optional.empty(), exchange.request().header("X-Evil")));
        }
    }

    @Test
    final void create_connectionDiesAfterwards_isUnknownAndNotRepeated() {
        offering(Contacts.class, Contacts.CREATE);
        created(Canary.phone(), Canary.email());
        int before = platform().exchanges().size();
        platform().next(Fault.reset());

        Leaks.saw(assertThrows(
                OutcomeUnknownException.class,
                () -> client(Contacts.class).create(draft(Canary.phone(), Canary.email()))));

        assertEquals(before + 1, platform().exchanges().size());
    }

    private static void safely(Runnable asked) {
        try {
            asked.run();
        } catch (ConnectorException | IllegalArgumentException e) {
            Leaks.saw(e);
        }
    }

    private RecordRef created(String phone, String email) {
        return client(Contacts.class).create(draft(phone, email));
    }

    private static ContactDraft draft(String phone, String email) {
        return ContactDraft.named("Lovelace")
                .givenName("Ada")
                .phone(Phone.of(PhoneNumber.parse(phone), Phone.Type.MOBILE))
                .email(email)
                .build();
    }

    private static Contact one(Match<Contact> match) {
        assertTrue(match instanceof Match.One<Contact>, () -> match.all().size() + " matches");
        return match.all().get(0);
    }
}
