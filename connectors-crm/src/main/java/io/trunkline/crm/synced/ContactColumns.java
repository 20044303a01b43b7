package io.trunkline.crm.synced;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Phone;
import io.trunkline.sync.table.TableRow;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns of a table say what of a contact.
 *
 * @param connection the connection that the records come from
 * @param type the platform's word for their type
 * @param region whose numbers are written without a country code
 * @param names the columns of the whole name, the given name and the family name; an absent one is empty
 * @param phones the columns of numbers with what they are for
 * @param emails the columns of mail addresses
 */
record ContactColumns(
        String connection,
        String type,
        String region,
        Names names,
        Map<String, Phone.Type> phones,
        List<String> emails) {

    /**
     * The columns of names; empty where there is none.
     *
     * @param whole of the whole name
     * @param given of the given name
     * @param family of the family name
     */
    record Names(String whole, String given, String family) {}

    Set<Capability> capabilities() {
        Set<Capability> able = new TreeSet<>(Set.of(Contacts.GET));
        if (!phones.isEmpty()) {
            able.add(Contacts.FIND_BY_PHONE);
        }
        if (!emails.isEmpty()) {
            able.add(Contacts.FIND_BY_EMAIL);
        }
        return able;
    }

    boolean isOfSource(RecordRef ref) {
        return ref.connection().equals(connection) && ref.type().equals(type);
    }

    Contact contact(TableRow row) {
        Optional<String> given = row.text(names.given());
        Optional<String> family = row.text(names.family());
        List<Phone> numbers = phones(row);
        List<String> addresses =
                emails.stream().flatMap(column -> row.text(column).stream()).toList();
        String whole = row.text(names.whole())
                .or(() -> joined(given, family))
                .or(() -> addresses.stream().findFirst())
                .or(() -> numbers.stream().map(Phone::stored).findFirst())
                .orElse(row.id());
        RecordInfo info = RecordInfo.of(RecordRef.of(connection, type, row.id()))
                .updatedAt(row.changedAt())
                .raw(row.fields())
                .build();
        return new Contact(info, whole, given.orElse(null), family.orElse(null), numbers, addresses, null, null);
    }

    private List<Phone> phones(TableRow row) {
        List<Phone> numbers = new ArrayList<>();
        phones.forEach((column, use) -> row.text(column)
                .ifPresent(stored -> numbers.add(new Phone(
                        stored,
                        PhoneNumber.find(PhoneNumber.withoutExtension(stored), region)
                                .orElse(null),
                        OpenEnum.of(use)))));
        return numbers;
    }

    private static Optional<String> joined(Optional<String> given, Optional<String> family) {
        String both = Stream.concat(given.stream(), family.stream()).collect(Collectors.joining(" "));
        return Optional.of(both).filter(name -> !name.isEmpty());
    }
}
