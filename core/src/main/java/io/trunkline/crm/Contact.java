package io.trunkline.crm;

import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person whom a business system knows.
 *
 * @param info reference, clocks, version, custom fields and the platform's own form
 * @param name what to call the person, never empty
 * @param givenName first name, or null
 * @param familyName last name, or null
 * @param phones all numbers that the platform has
 * @param emails all addresses that the platform has
 * @param account the company, or null
 * @param owner who is in charge of the contact, or null
 */
public record Contact(
        RecordInfo info,
        String name,
        @Nullable String givenName,
        @Nullable String familyName,
        List<Phone> phones,
        List<String> emails,
        @Nullable RecordRef account,
        @Nullable RecordRef owner) {

    /** Keeps its own copies of the lists. */
    public Contact {
        phones = List.copyOf(phones);
        emails = List.copyOf(emails);
    }

    /** Where the contact is. */
    public RecordRef ref() {
        return info.ref();
    }

    /** The company. */
    public Optional<RecordRef> company() {
        return Optional.ofNullable(account);
    }

    /** Who is in charge. */
    public Optional<RecordRef> inCharge() {
        return Optional.ofNullable(owner);
    }

    /** The reference alone: all else is personal. */
    @Override
    public String toString() {
        return "Contact[" + info.ref() + "]";
    }
}
