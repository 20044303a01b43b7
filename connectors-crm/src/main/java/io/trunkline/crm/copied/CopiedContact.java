package io.trunkline.crm.copied;

import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.sync.Change;
import java.util.function.Function;

/**
 * One contact of the target, found by its key.
 *
 * @param target the target's contacts
 * @param keyField the field that keeps the key
 * @param key the key of a record
 * @param form what is written of a record
 */
record CopiedContact(
        Contacts target, String keyField, Function<Change, String> key, Function<Change, ContactDraft> form) {

    void put(Change record) {
        ExternalKey by = new ExternalKey(keyField, key.apply(record));
        ContactDraft draft = form.apply(record);
        try {
            target.upsert(by, draft);
        } catch (OutcomeUnknownException e) {
            // Only what is there for certain is written again: a contact that the platform is about to make, or has
            // made
            // and does not find yet, would be made twice. The next run comes late enough to see it.
            if (find(by) instanceof Match.None) {
                throw e;
            }
            target.upsert(by, draft);
        }
    }

    /** Whether there was one to delete. */
    boolean remove(Change record) {
        ExternalKey by = new ExternalKey(keyField, key.apply(record));
        if (!(find(by) instanceof Match.One<Contact> found)) {
            return false;
        }
        target.delete(found.value().ref());
        return true;
    }

    private Match<Contact> find(ExternalKey by) {
        Match<Contact> found = target.findByExternalId(by);
        if (found instanceof Match.Many) {
            throw new ConflictException(
                    "several contacts have the key, so none was touched",
                    ErrorContext.of(target.connection(), "sync", ErrorKind.CONFLICT),
                    null);
        }
        return found;
    }
}
