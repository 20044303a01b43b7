package io.trunkline.crm.copied;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Upserted;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A platform whose upsert is a look-up and then a write, which finds late what it has made, and whose answers get lost. */
final class LaggingContacts implements Contacts {

    enum Loss {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE,
        AFTER_THE_WRITE_AND_NOT_FOUND_YET
    }

    private record Row(String id, String key, String name) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> unseen = new ArrayList<>();
    Loss next;

    /** All names under a key, found or not yet found. */
    List<String> names(String key) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(unseen);
        return all.stream().filter(row -> row.key().equals(key)).map(Row::name).toList();
    }

    void settle() {
        rows.addAll(unseen);
        unseen.clear();
    }

    @Override
    public Upserted upsert(ExternalKey key, ContactDraft draft) {
        Loss loss = next;
        next = null;
        if (loss == Loss.BEFORE_THE_WRITE) {
            throw lost();
        }
        boolean known = rows.removeIf(row -> row.key().equals(key.value()));
        Row row = new Row("id-" + key.value(), key.value(), draft.familyName().orElseThrow());
        (loss == Loss.AFTER_THE_WRITE_AND_NOT_FOUND_YET ? unseen : rows).add(row);
        if (loss != null) {
            throw lost();
        }
        return new Upserted(RecordRef.of("target", "Contact", row.id()), !known);
    }

    @Override
    public Match<Contact> findByExternalId(ExternalKey key) {
        return Match.of(rows.stream()
                .filter(row -> row.key().equals(key.value()))
                .map(row -> new Contact(
                        RecordInfo.of(RecordRef.of("target", "Contact", row.id()))
                                .build(),
                        row.name(),
                        null,
                        row.name(),
                        List.of(),
                        List.of(),
                        null,
                        null))
                .toList());
    }

    @Override
    public String connection() {
        return "target";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(UPSERT, FIND_BY_EXTERNAL_ID);
    }

    @Override
    public Contacts with(CallOptions options) {
        return this;
    }

    private static OutcomeUnknownException lost() {
        return new OutcomeUnknownException(
                "the answer was lost", ErrorContext.of("target", "contacts.upsert", ErrorKind.OUTCOME_UNKNOWN), null);
    }
}
