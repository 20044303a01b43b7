package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.function.Supplier;

/** References as contracts need them: one to work with, one to nothing, and some that no client may follow. */
final class RecordRefs {

    private RecordRefs() {}

    /** A record that can be made, or one that only looks so where the connector makes none. */
    static RecordRef some(Client<?> client, Capability create, String type, Supplier<RecordRef> made) {
        return client.can(create) ? made.get() : RecordRef.of(client.connection(), type, "1");
    }

    /** The same reference with another number in its id, which nothing has. */
    static RecordRef absent(RecordRef ref) {
        StringBuilder id = new StringBuilder(ref.id());
        for (int i = 0; i < id.length(); i++) {
            char digit = id.charAt(i);
            // The first digits of an id often say its kind; the last ones only count.
            if (i >= id.length() / 2 && digit >= '0' && digit <= '9') {
                id.setCharAt(i, (char) ('0' + '9' - digit));
            }
        }
        return RecordRef.of(ref.connection(), ref.type(), id.toString());
    }

    /** References of another connection or type, and ids that would lead to another path. */
    static List<RecordRef> foreign(RecordRef ref) {
        return List.of(
                RecordRef.of("elsewhere", ref.type(), ref.id()), RecordRef.of(ref.connection(), "Nonsense", ref.id()));
    }

    /** Ids that lead somewhere else if they are put into an address as they are. */
    static List<RecordRef> hostile(RecordRef ref) {
        return List.of("../../x", "x?y=z", "a/b", "x#y", "%2e%2e%2fx", "' OR '1'='1").stream()
                .map(id -> RecordRef.of(ref.connection(), ref.type(), id))
                .toList();
    }
}
