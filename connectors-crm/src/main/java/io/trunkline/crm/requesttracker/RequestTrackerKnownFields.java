package io.trunkline.crm.requesttracker;

import io.trunkline.error.ErrorKind;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which custom fields there are. The platform passes over a field that it does not know, and over a value that is not one
 * of a list's, without a word; so both are looked at before anything is created.
 */
final class RequestTrackerKnownFields {

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** The names of a type's fields with their numbers. */
    private record Names(Map<String, String> ids, Instant read) {}

    private final Map<String, Names> names = new ConcurrentHashMap<>();
    private final Map<String, RequestTrackerWire.Field> fields = new ConcurrentHashMap<>();
    private final TimeSource time;

    RequestTrackerKnownFields(TimeSource time) {
        this.time = time;
    }

    /** Whether users have a field. */
    boolean ofUsers(RequestTrackerRows rows, String field) {
        return users(rows).containsKey(field);
    }

    /** Refuses custom fields of a new user that would be lost. */
    void checkUser(RequestTrackerRows rows, Map<String, @Nullable Object> values) {
        if (!values.isEmpty()) {
            check(rows, values, users(rows));
        }
    }

    /** Refuses custom fields of a new ticket that would be lost. */
    void checkTicket(RequestTrackerRows rows, String queue, Map<String, @Nullable Object> values) {
        if (!values.isEmpty()) {
            check(rows, values, tickets(rows, queue));
        }
    }

    Map<String, String> users(RequestTrackerRows rows) {
        return names("user", () -> {
            Map<String, String> ids = new LinkedHashMap<>();
            List<RequestTrackerWire.Condition> ofUsers =
                    List.of(RequestTrackerWire.Condition.is("LookupType", "RT::User"));
            rows.all("customfields", "Name", ofUsers)
                    .forEach(row -> ids.put(RequestTrackerRow.text(row, "Name"), RequestTrackerRow.text(row, "id")));
            return ids;
        });
    }

    Map<String, String> tickets(RequestTrackerRows rows, String queue) {
        return names("queue " + queue, () -> {
            Map<String, String> ids = new LinkedHashMap<>();
            List<RequestTrackerWire.Named> found =
                    rows.api().queue(queue).execute(rows.options()).TicketCustomFields();
            if (found != null) {
                found.forEach(field -> ids.put(String.valueOf(field.name()), String.valueOf(field.id())));
            }
            return ids;
        });
    }

    RequestTrackerWire.Field field(RequestTrackerRows rows, String id) {
        RequestTrackerWire.Field field = fields.get(id);
        if (field == null) {
            field = rows.api().customField(TicketSql.id(id)).execute(rows.options());
            fields.put(id, field);
        }
        return field;
    }

    private void check(RequestTrackerRows rows, Map<String, @Nullable Object> values, Map<String, String> ids) {
        values.forEach((name, value) -> {
            String id = ids.get(name);
            if (id == null) {
                throw refused(rows, name, "is no custom field here");
            }
            RequestTrackerWire.Field field = field(rows, id);
            if (value != null && field.closed() && !field.choices().contains(value.toString())) {
                throw refused(rows, name, "does not have this value");
            }
        });
    }

    private static RuntimeException refused(RequestTrackerRows rows, String name, String why) {
        return rows.desk().failed("request-tracker.write", ErrorKind.INVALID_REQUEST, TicketSql.name(name) + " " + why);
    }

    private Map<String, String> names(String key, Supplier<Map<String, String>> read) {
        Names there = names.get(key);
        if (there == null || there.read().plus(FRESH).isBefore(time.now())) {
            there = new Names(Map.copyOf(read.get()), time.now());
            names.put(key, there);
            fields.clear();
        }
        return there.ids();
    }
}
