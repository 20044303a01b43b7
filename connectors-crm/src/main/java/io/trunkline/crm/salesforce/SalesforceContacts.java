package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Upserted;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Contacts by query, search and sObject rows. */
final class SalesforceContacts implements Contacts {

    private static final String TYPE = "Contact";
    private static final int MOST_MATCHES = 20;
    private static final List<String> PHONE_FIELDS = List.of("Phone", "MobilePhone", "HomePhone", "OtherPhone");

    private final SalesforceOrg org;
    private final SalesforceMapper mapper;
    private final CallOptions options;

    SalesforceContacts(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.mapper = new SalesforceMapper(org);
        this.options = options;
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("contacts");
    }

    @Override
    public Contacts with(CallOptions value) {
        return new SalesforceContacts(org, value);
    }

    @Override
    public Match<Contact> findByPhone(PhoneNumber number) {
        return where(phones(PHONE_FIELDS, number));
    }

    @Override
    public Match<Contact> findByEmail(String email) {
        return where("Email = " + Soql.text(email));
    }

    @Override
    public Match<Contact> findByExternalId(ExternalKey key) {
        return where(Soql.name(key.field()) + " = " + Soql.text(key.value()));
    }

    @Override
    public Paged<Contact> search(String text) {
        String sosl = "FIND " + Soql.term(text) + " IN ALL FIELDS RETURNING " + TYPE + "("
                + String.join(", ", org.asked(SalesforceMapper.CONTACT)) + " LIMIT 200)";
        return Paged.of(cursor -> Page.last(contacts(org.search(sosl, options))));
    }

    @Override
    public Optional<Contact> get(RecordRef ref) {
        return org.get(TYPE, org.id(ref, TYPE), org.asked(SalesforceMapper.CONTACT), options)
                .map(mapper::contact);
    }

    @Override
    public RecordRef create(ContactDraft draft) {
        return org.create(TYPE, mapper.fields(draft), options);
    }

    @Override
    public void update(RecordRef ref, ContactDraft change, Optional<String> version) {
        SalesforceVersion.update(org, org.id(ref, TYPE), TYPE, mapper.fields(change), version, options);
    }

    @Override
    public Upserted upsert(ExternalKey key, ContactDraft draft) {
        String[] place = {Soql.name(key.field()), key.value()};
        Soql.text(key.value());
        SalesforceWire.Saved saved = org.upsert(TYPE, place, mapper.fields(draft), options);
        if (saved.id() == null) {
            throw org.broken("salesforce.upsert");
        }
        return new Upserted(org.ref(TYPE, saved.id()), Boolean.TRUE.equals(saved.created()));
    }

    @Override
    public void delete(RecordRef ref) {
        org.api().delete(org.version(), TYPE, org.id(ref, TYPE)).execute(options);
    }

    /** Any of the fields in any of the forms in which people type a number into Salesforce. */
    static String phones(List<String> fields, PhoneNumber number) {
        String forms = Soql.texts(number.in(Stream.of(PhoneForm.values()).toList()));
        return fields.stream().map(field -> field + " IN " + forms).collect(Collectors.joining(" OR "));
    }

    private Match<Contact> where(String condition) {
        String soql = Soql.select(org.asked(SalesforceMapper.CONTACT), TYPE) + " WHERE " + condition
                + " ORDER BY SystemModstamp DESC LIMIT " + MOST_MATCHES;
        return Match.of(contacts(org.rows(soql, options)));
    }

    private List<Contact> contacts(List<Map<String, Object>> rows) {
        return rows.stream().map(mapper::contact).toList();
    }
}
