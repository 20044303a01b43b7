package io.trunkline.crm.synced;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.StoreException;
import io.trunkline.sync.table.TableRow;
import io.trunkline.sync.table.TableRows;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Contacts in a synchronised table: found by telephone number in any form and by mail address, through the blind indexes of
 * its searchable columns. They refer to the records of the system that the table was filled from. Nothing is written. Made
 * by {@link SyncedTable}.
 */
public final class SyncedContacts implements Contacts {

    private static final int MOST_MATCHES = 20;

    private final String connection;
    private final TableRows rows;
    private final ContactColumns columns;

    SyncedContacts(String connection, TableRows rows, ContactColumns columns) {
        this.connection = connection;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public String connection() {
        return connection;
    }

    @Override
    public Set<Capability> capabilities() {
        return columns.capabilities();
    }

    /** The client itself: a look-up in one's own database knows no options. */
    @Override
    public Contacts with(CallOptions options) {
        return this;
    }

    @Override
    public Match<Contact> findByPhone(PhoneNumber number) {
        return found(FIND_BY_PHONE, columns.phones().keySet(), number.e164());
    }

    @Override
    public Match<Contact> findByEmail(String email) {
        return found(FIND_BY_EMAIL, new TreeSet<>(columns.emails()), email);
    }

    @Override
    public Optional<Contact> get(RecordRef ref) {
        return columns.isOfSource(ref) ? asked(GET, () -> rows.get(ref.id()).map(columns::contact)) : Optional.empty();
    }

    private Match<Contact> found(Capability operation, Set<String> among, String word) {
        if (!can(operation)) {
            throw unsupported(operation);
        }
        return asked(operation, () -> {
            Map<String, TableRow> byId = new LinkedHashMap<>();
            among.forEach(
                    column -> rows.find(column, word, MOST_MATCHES).forEach(row -> byId.putIfAbsent(row.id(), row)));
            List<Contact> contacts = byId.values().stream()
                    .sorted(Comparator.comparing(TableRow::changedAt).reversed())
                    .limit(MOST_MATCHES)
                    .map(columns::contact)
                    .toList();
            return Match.of(contacts);
        });
    }

    private <T> T asked(Capability operation, Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (StoreException e) {
            throw Failures.of(
                    "the synchronised table cannot be read; see that its database can",
                    ErrorContext.of(connection, operation.id(), ErrorKind.UNAVAILABLE),
                    e);
        }
    }
}
