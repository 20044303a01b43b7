package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

record MiniContacts(MiniCrm crm, CallOptions options) implements Contacts {

    private static final String TYPE = "contact";

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("contacts");
    }

    @Override
    public Contacts with(CallOptions value) {
        return new MiniContacts(crm, value);
    }

    @Override
    public RecordRef create(ContactDraft draft) {
        if (Flaw.LOGS_CONTENT.here()) {
            LoggerFactory.getLogger("mini").debug("creating {}", draft.emails());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", draft.familyName().orElse(""));
        draft.phones().forEach(phone -> fields.put("phone", phone.stored()));
        draft.emails().forEach(email -> fields.put("email", email));
        return crm.create(TYPE, fields, options);
    }

    @Override
    public Optional<Contact> get(RecordRef ref) {
        return crm.get(ref, TYPE, options).map(this::contact);
    }

    @Override
    public Match<Contact> findByPhone(PhoneNumber number) {
        List<Contact> found = found(Map.of("phone", number.e164()));
        return Match.of(Flaw.FIRST_OF_SEVERAL.here() ? found.stream().limit(1).toList() : found);
    }

    @Override
    public Match<Contact> findByEmail(String email) {
        return Match.of(found(Flaw.GIVES_TOO_MUCH.here() ? Map.of() : Map.of("email", MiniCrm.text(email))));
    }

    private List<Contact> found(Map<String, String> asked) {
        return crm.find(TYPE, asked, options).stream().map(this::contact).toList();
    }

    private Contact contact(Map<String, Object> row) {
        String name = String.valueOf(row.get("name"));
        List<String> emails =
                Flaw.FORGETS_FIELD.here() ? List.of() : List.of(String.valueOf(row.getOrDefault("email", "")));
        return new Contact(crm.info(TYPE, row), name, null, name, List.of(), emails, null, null);
    }
}
