package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.Paged;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.Optional;

/**
 * The people whom a business system knows. Looking up never creates. Operations that the connector does not declare
 * throw {@code UnsupportedCapabilityException} before any request; all others may throw any
 * {@code ConnectorException}.
 */
public interface Contacts extends Client<Contacts> {

    /** {@link #findByPhone}. */
    Capability FIND_BY_PHONE = Capability.of("contacts.find-by-phone");

    /** {@link #findByEmail}. */
    Capability FIND_BY_EMAIL = Capability.of("contacts.find-by-email");

    /** {@link #findByExternalId}. */
    Capability FIND_BY_EXTERNAL_ID = Capability.of("contacts.find-by-external-id");

    /** {@link #search}. */
    Capability SEARCH = Capability.of("contacts.search");

    /** {@link #get}. */
    Capability GET = Capability.of("contacts.get");

    /** {@link #create}. */
    Capability CREATE = Capability.of("contacts.create");

    /** {@link #update}. */
    Capability UPDATE = Capability.of("contacts.update");

    /** {@link #update} with a version is refused if somebody else was faster. */
    Capability UPDATE_VERSIONED = Capability.of("contacts.update-versioned");

    /** {@link #upsert}. */
    Capability UPSERT = Capability.of("contacts.upsert");

    /** {@link #delete}. */
    Capability DELETE = Capability.of("contacts.delete");

    /** Who has the number, in whatever form the platform stores it. */
    default Match<Contact> findByPhone(PhoneNumber number) {
        throw unsupported(FIND_BY_PHONE);
    }

    /** Who has the address. */
    default Match<Contact> findByEmail(String email) {
        throw unsupported(FIND_BY_EMAIL);
    }

    /** Whom another system knows by an id that the platform keeps in a field. */
    default Match<Contact> findByExternalId(ExternalKey key) {
        throw unsupported(FIND_BY_EXTERNAL_ID);
    }

    /** Contacts that fit free text, as the platform's own search finds them. */
    default Paged<Contact> search(String text) {
        throw unsupported(SEARCH);
    }

    /** A contact by its reference; empty if it is not there. */
    default Optional<Contact> get(RecordRef ref) {
        throw unsupported(GET);
    }

    /** Creates a contact. */
    default RecordRef create(ContactDraft draft) {
        throw unsupported(CREATE);
    }

    /**
     * Changes a contact.
     *
     * @param version what the contact's {@code info().version()} was, to be refused with a {@code ConflictException} if
     *     somebody else was faster; empty to write in any case
     */
    default void update(RecordRef ref, ContactDraft change, Optional<String> version) {
        throw unsupported(UPDATE);
    }

    /** Changes the contact that another system knows by an id, or creates it; may be repeated. */
    default Upserted upsert(ExternalKey key, ContactDraft draft) {
        throw unsupported(UPSERT);
    }

    /** Deletes a contact; one that is not there counts as deleted. */
    default void delete(RecordRef ref) {
        throw unsupported(DELETE);
    }
}
