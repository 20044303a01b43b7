package io.trunkline.testkit.platforms;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the fake server holds: tickets, users, transactions and attachments, and which custom fields there are. */
final class RequestTrackerRecords {

    static final String NEVER = "1970-01-01T00:00:00Z";

    private static final Set<String> STATES = Set.of("new", "open", "stalled", "resolved", "rejected", "deleted");
    private static final Set<String> OVER = Set.of("resolved", "rejected", "deleted");

    final Map<Long, Map<String, Object>> tickets = new ConcurrentSkipListMap<>();
    final Map<Long, Map<String, Object>> transactions = new ConcurrentSkipListMap<>();
    final Map<Long, Map<String, Object>> attachments = new ConcurrentSkipListMap<>();
    final Map<String, Map<String, Object>> users = new ConcurrentHashMap<>();
    final Map<String, Map<String, Object>> fields = new ConcurrentSkipListMap<>();

    private final AtomicLong ids = new AtomicLong();
    private volatile Instant now = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);

    Instant now() {
        return now;
    }

    void now(Instant instant) {
        this.now = instant.truncatedTo(ChronoUnit.SECONDS);
    }

    long id() {
        return ids.incrementAndGet();
    }

    /** A custom field of tickets or users. */
    void field(String lookup, String name, List<String> values) {
        String id = String.valueOf(fields.size() + 1);
        fields.put(
                id,
                new LinkedHashMap<>(Map.of(
                        "id", id,
                        "Name", name,
                        "LookupType", lookup,
                        "Description", "",
                        "Type", values.isEmpty() ? "Freeform" : "Select",
                        "Values", values)));
    }

    /** The fields of tickets or users. */
    List<Map<String, Object>> fieldsOf(String lookup) {
        return fields.values().stream()
                .filter(field -> lookup.equals(field.get("LookupType")))
                .toList();
    }

    /** Writes what the server takes, and passes over the rest without a word, as it does. */
    void write(Map<String, Object> row, String lookup, Map<String, Object> values) {
        values.forEach((name, value) -> {
            switch (name) {
                case "Status" -> status(row, String.valueOf(value));
                case "Owner" -> people(value).forEach(owner -> row.put("Owner", owner));
                case "Requestor" -> row.put("Requestor", people(value));
                case "CustomFields" -> custom(row, lookup, (Map<?, ?>) value);
                case "Subject",
                        "Priority",
                        "Queue",
                        "Name",
                        "EmailAddress",
                        "RealName",
                        "WorkPhone",
                        "MobilePhone",
                        "HomePhone",
                        "PagerPhone" -> row.put(name, value);
                default -> {}
            }
        });
        row.put("LastUpdated", now.toString());
    }

    private void status(Map<String, Object> row, String status) {
        if (STATES.contains(status)) {
            row.put("Status", status);
            row.put("Resolved", OVER.contains(status) ? now.toString() : NEVER);
        }
    }

    private List<Map<String, Object>> people(@Nullable Object value) {
        List<?> names = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return names.stream()
                .map(name -> user(String.valueOf(name)))
                .flatMap(Optional::stream)
                .map(user -> reference(String.valueOf(user.get("Name"))))
                .toList();
    }

    private void custom(Map<String, Object> row, String lookup, Map<?, ?> values) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Map<String, Object> field : fieldsOf(lookup)) {
            String name = String.valueOf(field.get("Name"));
            List<String> kept = customValues(row, name);
            if (values.containsKey(name)) {
                Object value = values.get(name);
                List<?> given = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
                List<?> choices = list(field, "Values");
                kept = given.stream()
                        .map(String::valueOf)
                        .filter(text -> choices.isEmpty() || choices.contains(text))
                        .toList();
            }
            written.add(new LinkedHashMap<>(
                    Map.of("id", field.get("id"), "type", "customfield", "name", name, "values", kept)));
        }
        row.put("CustomFields", written);
    }

    /** Adds a transaction, which is the new version of its record. */
    String transaction(String type, String objectId, Map<String, String> more) {
        long id = id();
        Map<String, Object> row = new LinkedHashMap<>(Map.of(
                "id", String.valueOf(id),
                "type", "transaction",
                "Type", type,
                "ObjectType", more.getOrDefault("ObjectType", "RT::Ticket"),
                "ObjectId", objectId,
                "Field", more.getOrDefault("Field", ""),
                "NewValue", more.getOrDefault("NewValue", ""),
                "Created", now.toString(),
                "Creator", reference("root")));
        transactions.put(id, row);
        return String.valueOf(id);
    }

    /** Adds a part of a message. */
    void attachment(String ticket, String transaction, Map<String, Object> part) {
        long id = id();
        Map<String, Object> row = new LinkedHashMap<>(part);
        row.put("id", String.valueOf(id));
        row.put("type", "attachment");
        row.put("ticket", ticket);
        row.put("TransactionId", transaction);
        row.put("Created", now.toString());
        attachments.put(id, row);
    }

    /** The last transaction of a record, which the server takes for its version. */
    String version(String objectType, String objectId) {
        return transactions.values().stream()
                .filter(row -> objectType.equals(row.get("ObjectType")) && objectId.equals(row.get("ObjectId")))
                .reduce((first, second) -> second)
                .map(row -> String.valueOf(row.get("id")))
                .orElse("0");
    }

    /** A user by name or number. */
    Optional<Map<String, Object>> user(String id) {
        return users.values().stream()
                .filter(user -> id.equals(user.get("Name")) || id.equals(user.get("id")))
                .findFirst();
    }

    /** The users who have a role in a ticket. */
    List<Map<String, Object>> people(Map<String, Object> ticket, String role) {
        List<Map<String, Object>> found = new ArrayList<>();
        Object value = ticket.getOrDefault(role, List.of());
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            user(String.valueOf(((Map<?, ?>) one).get("id"))).ifPresent(found::add);
        }
        return found;
    }

    static List<String> customValues(Map<String, Object> row, String name) {
        for (Object one : (List<?>) row.getOrDefault("CustomFields", List.of())) {
            Map<?, ?> field = (Map<?, ?>) one;
            if (name.equals(field.get("name"))) {
                return list(field, "values").stream().map(String::valueOf).toList();
            }
        }
        return List.of();
    }

    private static List<?> list(Map<?, ?> row, String field) {
        return row.get(field) instanceof List<?> list ? list : List.of();
    }

    static Map<String, Object> reference(String user) {
        return Map.of("type", "user", "id", user, "_url", "http://rt.test/REST/2.0/user/" + user);
    }
}
