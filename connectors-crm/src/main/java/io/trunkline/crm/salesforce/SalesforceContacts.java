package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Upserted;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Paged;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contacts by query, search and sObject rows. */
final class SalesforceContacts implements Contacts {

    private static final String TYPE = "Contact";
    private static final int MOST_MATCHES = 20;
    private static final List<String> PHONE_FIELDS = List.of("Phone", "MobilePhone", "HomePhone", "OtherPhone");

    private final SalesforceOrg org;
    private final SalesforceRows rows;
    private final SalesforceMapper mapper;

    SalesforceContacts(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.rows = new SalesforceRows(org, options);
        this.mapper = new SalesforceMapper(org);
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
        return match(new SalesforcePhones(TYPE, PHONE_FIELDS, asked()).find(rows, number));
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
        return new SalesforceSearch(TYPE, asked()).find(rows, text, mapper::contact);
    }

    @Override
    public Optional<Contact> get(RecordRef ref) {
        return rows.get(ref, TYPE, SalesforceMapper.CONTACT).map(mapper::contact);
    }

    @Override
    public RecordRef create(ContactDraft draft) {
        return rows.create(TYPE, mapper.fields(draft));
    }

    @Override
    public void update(RecordRef ref, ContactDraft change, Optional<String> version) {
        rows.update(ref, TYPE, mapper.fields(change), version);
    }

    @Override
    public Upserted upsert(ExternalKey key, ContactDraft draft) {
        return rows.together().upsert(TYPE, key, mapper.fields(draft));
    }

    @Override
    public void delete(RecordRef ref) {
        rows.delete(ref, TYPE);
    }

    private Match<Contact> where(String condition) {
        return match(rows.query(Soql.select(asked(), TYPE) + " WHERE " + condition
                + " ORDER BY SystemModstamp DESC LIMIT " + MOST_MATCHES));
    }

    private Match<Contact> match(List<Map<String, Object>> found) {
        return Match.of(found.stream().map(mapper::contact).toList());
    }

    private List<String> asked() {
        return org.asked(TYPE, SalesforceMapper.CONTACT);
    }
}
