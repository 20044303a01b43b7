package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.NotFoundException;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What the mini clients share: references checked, records made, read and found, and how far changes were read. */
record MiniCrm(
        ConnectorRuntime runtime, MiniApi api, ConnectorDescriptor descriptor, AtomicReference<TimeCursor> reached) {

    Set<Capability> capabilities(String client) {
        return descriptor.capabilitiesOf(client);
    }

    String id(RecordRef ref, String type) {
        boolean own =
                ref.connection().equals(runtime.connection()) && ref.type().equals(type);
        if ((!own || !ref.id().matches("\\d{1,9}")) && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("not one of our records");
        }
        return ref.id();
    }

    RecordRef ref(String type, Object id) {
        return RecordRef.of(runtime.connection(), type, String.valueOf(id));
    }

    RecordRef create(String type, Map<String, Object> fields, CallOptions options) {
        Map<String, Object> made = Flaw.REPEATS_WHAT_MAY_HAVE_HAPPENED.here()
                ? api.createAgain(type, fields).execute(options)
                : api.create(type, fields).execute(options);
        return ref(type, made.get("id"));
    }

    Optional<Map<String, Object>> get(RecordRef ref, String type, CallOptions options) {
        try {
            return Optional.of(api.get(type, id(ref, type)).execute(options));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (ConnectorException e) {
            if (Flaw.SWALLOWS_ERRORS.here()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> find(String type, Map<String, String> fields, CallOptions options) {
        return (List<Map<String, Object>>)
                api.find(type, fields).execute(options).get("items");
    }

    RecordInfo info(String type, Map<String, Object> row) {
        return RecordInfo.of(ref(type, row.get("id")))
                .version(String.valueOf(row.get("version")))
                .build();
    }

    static String text(String value) {
        if (value.isBlank() && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("must not be blank");
        }
        return value;
    }
}
