package io.trunkline.crm.requesttracker;

import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Users by their numbers. The platform names people by their names, which mostly are mail addresses and would stand in
 * every log line that tells a reference; a user's number says nothing. It never changes, so it is asked for once.
 */
final class RequestTrackerPeople {

    private static final String NOBODY = "Nobody";
    private static final int MOST = 10_000;

    private final Map<String, String> numbers = new ConcurrentHashMap<>();

    /** The first of the people that a field of a row leads to; null if to none. */
    @Nullable
    RecordRef first(RequestTrackerRows rows, Map<String, @Nullable Object> row, String field) {
        return RequestTrackerRow.people(row, field).stream()
                .filter(person -> !NOBODY.equals(person.get("Name")) && !NOBODY.equals(person.get("id")))
                .findFirst()
                .map(person -> ref(rows, person))
                .orElse(null);
    }

    /** The numbers of all people that a field of a row leads to. */
    List<String> all(RequestTrackerRows rows, Map<String, @Nullable Object> row, String field) {
        return RequestTrackerRow.people(row, field).stream()
                .map(person -> ref(rows, person).id())
                .toList();
    }

    /** The reference of a user who is known by name. */
    RecordRef named(RequestTrackerRows rows, String name) {
        return rows.desk().ref(RequestTrackerDesk.USER, number(rows, name));
    }

    private RecordRef ref(RequestTrackerRows rows, Map<String, @Nullable Object> person) {
        String id = RequestTrackerRow.text(person, "id");
        return TicketSql.isId(id) ? rows.desk().ref(RequestTrackerDesk.USER, id) : named(rows, id);
    }

    /** A name of another form cannot be asked for, so it stays what it is. */
    private String number(RequestTrackerRows rows, String name) {
        String known = numbers.get(name);
        if (known != null || !RequestTrackerDesk.isUserName(name)) {
            return known == null ? name : known;
        }
        Optional<String> number = rows.user(name)
                .map(found -> RequestTrackerRow.text(found.row(), "id"))
                .filter(TicketSql::isId);
        if (numbers.size() >= MOST) {
            numbers.clear();
        }
        number.ifPresent(found -> numbers.put(name, found));
        return number.orElse(name);
    }
}
