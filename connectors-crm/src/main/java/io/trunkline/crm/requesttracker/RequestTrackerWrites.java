package io.trunkline.crm.requesttracker;

import io.trunkline.error.ErrorKind;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writing so that nothing is lost without a word. The platform passes over people and fields that it does not know, and
 * answers a change that it has not made with 200 and a sentence in its user's language. So what a new record names is
 * looked at before, and what was changed is read again.
 */
final class RequestTrackerWrites {

    private static final List<String> READ_AGAIN = List.of(
            "Subject",
            "Status",
            "Priority",
            "EmailAddress",
            "RealName",
            "WorkPhone",
            "MobilePhone",
            "HomePhone",
            "PagerPhone");

    private final RequestTrackerRows rows;

    RequestTrackerWrites(RequestTrackerRows rows) {
        this.rows = rows;
    }

    /** Creates a ticket of all the fields, or none. */
    RecordRef create(Map<String, @Nullable Object> fields) {
        rows.desk()
                .known()
                .checkTicket(rows, String.valueOf(fields.get("Queue")), RequestTrackerDrafts.customFieldsOf(fields));
        Stream.of("Requestor", "Owner")
                .flatMap(role -> RequestTrackerRow.references(fields, role).stream())
                .distinct()
                .forEach(this::requireUser);
        RequestTrackerWire.Saved saved = rows.api().createTicket(fields).execute(rows.options());
        return rows.desk().ref(RequestTrackerDesk.TICKET, saved.id());
    }

    /** Changes a ticket. */
    void update(String id, Map<String, @Nullable Object> fields, Optional<String> version) {
        String condition = RequestTrackerVersioned.condition(version);
        if (!fields.isEmpty()) {
            rows.api().updateTicket(id, condition, fields).execute(rows.options());
            rows.ticket(id).ifPresent(found -> requireTaken(fields, found.row()));
        }
    }

    /** Changes a user. */
    void updateUser(String name, Map<String, @Nullable Object> fields, Optional<String> version) {
        String condition = RequestTrackerVersioned.condition(version);
        if (!fields.isEmpty()) {
            rows.api().updateUser(name, condition, fields).execute(rows.options());
            rows.user(name).ifPresent(found -> requireTaken(fields, found.row()));
        }
    }

    private void requireUser(String name) {
        if (rows.user(name).isEmpty()) {
            throw rows.desk()
                    .failed(
                            "request-tracker.write",
                            ErrorKind.INVALID_REQUEST,
                            "the platform does not know a person whom the ticket names; create the contact first");
        }
    }

    private void requireTaken(Map<String, @Nullable Object> written, Map<String, @Nullable Object> read) {
        List<String> lost = new ArrayList<>();
        for (String field : READ_AGAIN) {
            boolean differs = written.containsKey(field)
                    && !RequestTrackerRow.text(written, field)
                            .strip()
                            .equals(RequestTrackerRow.text(read, field).strip());
            if (differs) {
                lost.add(field);
            }
        }
        for (String role : List.of("Requestor", "Owner")) {
            if (!holds(read, role, RequestTrackerRow.references(written, role))) {
                lost.add(role);
            }
        }
        Map<String, @Nullable Object> kept = RequestTrackerRow.customFields(read);
        RequestTrackerDrafts.customFieldsOf(written).forEach((field, value) -> {
            if (value != null && !value.equals("") && kept.get(field) == null) {
                lost.add(field);
            }
        });
        if (!lost.isEmpty()) {
            throw rows.desk()
                    .failed(
                            "request-tracker.write",
                            ErrorKind.INVALID_REQUEST,
                            "the platform did not take over " + String.join(", ", lost)
                                    + "; it does not know the value, or the token's user may not write it");
        }
    }

    private boolean holds(Map<String, @Nullable Object> read, String role, List<String> written) {
        List<String> names = RequestTrackerRow.references(read, role);
        return written.isEmpty()
                || names.containsAll(written)
                || rows.desk().people().all(rows, read, role).containsAll(written);
    }
}
