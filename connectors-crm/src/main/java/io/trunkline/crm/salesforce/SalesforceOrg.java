package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.ProtocolException;
import io.trunkline.http.ApiResponse;
import io.trunkline.mapping.FieldMapping;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An org as all clients of the connection see it: its name, address, version and custom fields, and the calls into it. */
record SalesforceOrg(String connection, SalesforceApi api, ConnectorSettings settings, FieldMapping fields) {

    private static final JsonCodec<SalesforceWire.Saved> SAVED = Json.codec(SalesforceWire.Saved.class);

    String version() {
        return settings.get(Salesforce.API_VERSION);
    }

    Set<Capability> capabilities(String client) {
        return new Salesforce().descriptor().capabilitiesOf(client);
    }

    /** A record's address on the platform. */
    RecordRef ref(String type, String id) {
        URI page = settings.get(Salesforce.MY_DOMAIN).resolve("/lightning/r/" + type + "/" + id + "/view");
        return new RecordRef(connection, type, id, page);
    }

    /** The id of a reference, if it is one of this connection and type. */
    String id(RecordRef ref, String type) {
        if (!ref.type().equals(type) || !ref.connection().equals(connection)) {
            throw new IllegalArgumentException("the record must be a " + type + " of connection " + connection);
        }
        return Soql.id(ref.id());
    }

    /** The fields of a type to ask for: the connector's own, and those that the settings map. */
    List<String> asked(List<String> own) {
        List<String> all = new ArrayList<>(own);
        fields.platformNames().stream().map(Soql::name).forEach(all::add);
        return all;
    }

    List<Map<String, Object>> rows(String soql, CallOptions options) {
        return rows(api.query(version(), soql).execute(options));
    }

    /** A page of a query; the cursor is the platform's own link to the next. */
    Page<Map<String, Object>> page(String soql, Optional<String> cursor, CallOptions options) {
        SalesforceWire.Rows answer = cursor.map(api::next)
                .orElseGet(() -> api.query(version(), soql))
                .execute(options);
        return new Page<>(rows(answer), Boolean.TRUE.equals(answer.done()) ? null : answer.nextRecordsUrl());
    }

    List<Map<String, Object>> search(String sosl, CallOptions options) {
        SalesforceWire.Found found = api.search(version(), sosl).execute(options);
        return found.searchRecords() == null ? List.of() : found.searchRecords();
    }

    Optional<Map<String, @Nullable Object>> get(String type, String id, List<String> asked, CallOptions options) {
        try {
            return Optional.of(
                    api.get(version(), type, id, String.join(",", asked)).execute(options));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    RecordRef create(String type, Map<String, @Nullable Object> values, CallOptions options) {
        SalesforceWire.Saved saved = api.create(version(), type, values).execute(options);
        if (saved.id() == null) {
            throw broken("salesforce.create");
        }
        return ref(type, saved.id());
    }

    void update(String type, String id, Map<String, @Nullable Object> values, CallOptions options) {
        api.update(version(), type, id, null, values).execute(options);
    }

    /** Writes by an external id; an org may answer an update with nothing but a status. */
    SalesforceWire.Saved upsert(String type, String[] key, Map<String, @Nullable Object> values, CallOptions options) {
        ApiResponse<byte[]> answer =
                api.upsert(version(), type, key[0], key[1], values).exchange(options);
        if (answer.body().length > 0) {
            return new SalesforceWire.Saved(saved(answer.body()), true, answer.status() == 201);
        }
        String soql = Soql.select(List.of("Id"), type) + " WHERE " + key[0] + " = " + Soql.text(key[1]) + " LIMIT 1";
        List<Map<String, Object>> rows = rows(soql, options);
        String id = rows.isEmpty() ? null : String.valueOf(rows.get(0).get("Id"));
        return new SalesforceWire.Saved(id, true, false);
    }

    ProtocolException broken(String operation) {
        return new ProtocolException(
                "the answer is not what the platform documents",
                ErrorContext.of(connection, operation, ErrorKind.PROTOCOL),
                null);
    }

    private @Nullable String saved(byte[] body) {
        try {
            return SAVED.read(body).id();
        } catch (MalformedDataException e) {
            throw broken("salesforce.upsert");
        }
    }

    private static List<Map<String, Object>> rows(SalesforceWire.Rows answer) {
        return answer.records() == null ? List.of() : answer.records();
    }
}
