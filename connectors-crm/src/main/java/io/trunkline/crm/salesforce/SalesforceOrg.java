package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.ProtocolException;
import io.trunkline.mapping.FieldMappings;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An org as all clients of the connection see it: its name, address, version and custom fields.
 *
 * @param pages what the address of every record's page begins with
 */
record SalesforceOrg(
        ConnectorRuntime runtime, SalesforceApi api, ConnectorSettings settings, FieldMappings fields, URI pages) {

    SalesforceOrg(ConnectorRuntime runtime, SalesforceApi api, ConnectorSettings settings, FieldMappings fields) {
        this(runtime, api, settings, fields, settings.get(Salesforce.MY_DOMAIN).resolve("/lightning/r/"));
    }

    String connection() {
        return runtime.connection();
    }

    String version() {
        return settings.get(Salesforce.API_VERSION);
    }

    Set<Capability> capabilities(String client) {
        return Salesforce.DESCRIPTOR.capabilitiesOf(client);
    }

    /** A record's address on the platform. */
    RecordRef ref(String type, String id) {
        if (!Soql.isId(id)) {
            throw broken("salesforce.read", null);
        }
        return new RecordRef(connection(), type, id, pages + type + "/" + id + "/view");
    }

    /** The reference of a row. */
    RecordRef ref(String type, Map<String, Object> row) {
        return ref(type, String.valueOf(row.get("Id")));
    }

    /** The id of a reference, if it is one of this connection and type. */
    String id(RecordRef ref, String type) {
        if (!ref.type().equals(type) || !ref.connection().equals(connection())) {
            throw new IllegalArgumentException("the record must be a " + type + " of connection " + connection());
        }
        return Soql.id(ref.id());
    }

    /** The fields of a type to ask for: the connector's own, and those that the settings map. */
    List<String> asked(String type, List<String> own) {
        List<String> all = new ArrayList<>(own);
        all.addAll(fields.of(type).platformNames());
        return all;
    }

    /** The fields of a row by the host's names and types; a value of another type is the platform's fault, or the setting's. */
    Map<String, @Nullable Object> hostFields(String type, Map<String, @Nullable Object> row) {
        try {
            return fields.of(type).toHost(row);
        } catch (IllegalArgumentException e) {
            throw broken("salesforce.read", e);
        }
    }

    /** The number that a stored text says, read with the org's own region; an extension is no part of it. */
    Optional<PhoneNumber> phone(String stored) {
        return PhoneNumber.find(PhoneNumber.withoutExtension(stored), settings.get(Salesforce.DEFAULT_REGION));
    }

    ProtocolException broken(String operation, @Nullable Exception cause) {
        return new ProtocolException(
                cause == null
                        ? "the answer is not what the platform documents"
                        : "the answer does not fit the setting fields: " + cause.getMessage(),
                ErrorContext.of(connection(), operation, ErrorKind.PROTOCOL),
                cause);
    }
}
