package io.trunkline.crm.synced;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Category;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Phone;
import io.trunkline.sync.table.TableRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection to a table that a synchronisation keeps. It offers {@link SyncedContacts}. */
public final class SyncedTable implements ConnectorProvider {

    private final TableRows rows;
    private final ContactColumns columns;

    private SyncedTable(TableRows rows, ContactColumns columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Begins with a table whose columns say nothing of a contact yet.
     *
     * @param rows the table; the columns that are to be searched must be searchable
     * @param connection the connection that its records come from, which found contacts refer to
     * @param type the platform's word for the type of the records
     */
    public static Builder of(TableRows rows, String connection, String type) {
        return new Builder(rows, connection, type);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("synced-table", "Synchronised table", Category.CRM)
                .credentials(CredentialKind.NONE)
                .capabilities(columns.capabilities().toArray(Capability[]::new))
                .build();
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        return OpenConnector.of(descriptor())
                .offer(Contacts.class, new SyncedContacts(runtime.connection(), rows, columns))
                .build();
    }

    /** Collects what the columns say. */
    public static final class Builder {

        private final TableRows rows;
        private final String connection;
        private final String type;
        private final Map<String, Phone.Type> phones = new LinkedHashMap<>();
        private final List<String> emails = new ArrayList<>();
        private String region = "ZZ";
        private ContactColumns.Names names = new ContactColumns.Names("", "", "");

        private Builder(TableRows rows, String connection, String type) {
            this.rows = rows;
            this.connection = connection;
            this.type = type;
        }

        /** The column of the whole name. */
        public Builder name(String column) {
            this.names = new ContactColumns.Names(column, names.given(), names.family());
            return this;
        }

        /** The columns of given name and family name. */
        public Builder names(String given, String family) {
            this.names = new ContactColumns.Names(names.whole(), given, family);
            return this;
        }

        /** Adds a searchable column of telephone numbers. */
        public Builder phone(String column, Phone.Type use) {
            phones.put(searchable(column), use);
            return this;
        }

        /** Adds a searchable column of mail addresses. */
        public Builder email(String column) {
            emails.add(searchable(column));
            return this;
        }

        /** The region (ISO 3166-1 alpha-2) whose numbers are written without a country code. */
        public Builder region(String value) {
            this.region = value;
            return this;
        }

        /** What {@code Trunkline.builder().connect(name, setup)} takes. */
        public ConnectorSetup setup() {
            return ConnectorSetup.of(new SyncedTable(
                    rows,
                    new ContactColumns(
                            connection, type, region, names, new LinkedHashMap<>(phones), List.copyOf(emails))));
        }

        private String searchable(String column) {
            if (!rows.searchable(column)) {
                throw new IllegalArgumentException("column " + column + " is not searchable");
            }
            return column;
        }
    }
}
