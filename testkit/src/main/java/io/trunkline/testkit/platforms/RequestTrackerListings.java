package io.trunkline.testkit.platforms;

import io.trunkline.mapping.Json;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Listings of the fake server: at most a hundred rows a page, the fields that were asked for, in the order asked for. */
final class RequestTrackerListings {

    private static final int MOST = 100;

    /** What the server lets search users by; it passes over a condition on any other field, as if it were not there. */
    private static final Set<String> SEARCHABLE = Set.of(
            "Name", "EmailAddress", "RealName", "Type", "TransactionId", "ContentType", "Filename", "LookupType");

    private final Random chances = new Random(1);
    private final RequestTrackerRecords records;

    RequestTrackerListings(RequestTrackerRecords records) {
        this.records = records;
    }

    /** Rows that a condition in the query language means. */
    FakeReply queried(FakeRequest request, Iterable<Map<String, Object>> rows, Predicate<Map<String, Object>> where) {
        List<Map<String, Object>> found = new ArrayList<>();
        rows.forEach(row -> {
            if (where.test(row)) {
                found.add(row);
            }
        });
        return page(request, found);
    }

    /** Rows that the conditions of the body mean. */
    FakeReply found(FakeRequest request, Iterable<Map<String, Object>> rows) {
        List<Map<String, Object>> conditions = new ArrayList<>();
        Map<String, Object> wrapped =
                Json.object(("{\"all\":" + request.text() + "}").getBytes(StandardCharsets.UTF_8));
        for (Object one : wrapped.get("all") instanceof List<?> all ? all : List.of()) {
            @SuppressWarnings("unchecked")
            Map<String, Object> condition = (Map<String, Object>) one;
            conditions.add(condition);
        }
        return queried(request, rows, where(conditions));
    }

    /** Conditions on one field are alternatives, unless they say AND; those on several fields all hold. */
    private static Predicate<Map<String, Object>> where(List<Map<String, Object>> conditions) {
        Predicate<Map<String, Object>> all = row -> true;
        Map<String, List<Map<String, Object>>> byField = conditions.stream()
                .filter(RequestTrackerListings::known)
                .collect(Collectors.groupingBy(
                        condition -> String.valueOf(condition.get("field")), LinkedHashMap::new, Collectors.toList()));
        for (List<Map<String, Object>> same : byField.values()) {
            Predicate<Map<String, Object>> joined = one(same.get(0));
            for (Map<String, Object> condition : same.subList(1, same.size())) {
                joined = "AND".equals(condition.get("entry_aggregator"))
                        ? joined.and(one(condition))
                        : joined.or(one(condition));
            }
            all = all.and(joined);
        }
        return all;
    }

    private static boolean known(Map<String, Object> condition) {
        String field = String.valueOf(condition.get("field"));
        return SEARCHABLE.contains(field) || field.startsWith("CF.{");
    }

    private static Predicate<Map<String, Object>> one(Map<String, Object> condition) {
        String field = String.valueOf(condition.get("field"));
        String value = String.valueOf(condition.get("value"));
        if (field.startsWith("CF.{")) {
            String name = field.substring(4, field.length() - 1);
            return row -> RequestTrackerRecords.customValues(row, name).stream().anyMatch(value::equalsIgnoreCase);
        }
        Predicate<String> fits = switch (String.valueOf(condition.get("operator"))) {
            case "STARTSWITH" -> text -> text.startsWith(value);
            case "!=" -> text -> !text.equals(value);
            case ">=" -> text -> Long.parseLong(text) >= Long.parseLong(value);
            case "<=" -> text -> Long.parseLong(text) <= Long.parseLong(value);
            default -> TicketSqlCondition.texts(String.valueOf(condition.get("operator")), value);
        };
        return row -> fits.test(String.valueOf(row.getOrDefault(field, "")));
    }

    private FakeReply page(FakeRequest request, List<Map<String, Object>> found) {
        found.sort(order(request));
        int size = Math.min(MOST, Integer.parseInt(request.query("per_page").orElse("20")));
        int number = Integer.parseInt(request.query("page").orElse("1"));
        int from = Math.min(found.size(), (number - 1) * size);
        int to = Math.min(found.size(), from + size);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "items",
                found.subList(from, to).stream()
                        .map(row -> shuffled(fields(request, row)))
                        .toList());
        answer.put("count", to - from);
        answer.put("total", found.size());
        answer.put("per_page", size);
        answer.put("page", number);
        if (to < found.size()) {
            answer.put("next_page", "http://rt.test" + request.path() + "?page=" + (number + 1));
        }
        return FakeReply.json(200, answer);
    }

    private Map<String, Object> fields(FakeRequest request, Map<String, Object> row) {
        Map<String, Object> asked = new LinkedHashMap<>();
        // A user is told by name, unless the number is asked for.
        asked.put("id", row.containsKey("RealName") ? row.get("Name") : row.get("id"));
        asked.put("type", row.get("type"));
        for (String field : request.query("fields").orElse("").split(",", -1)) {
            if (row.containsKey(field)) {
                asked.put(field, row.get(field));
            }
        }
        for (String role : List.of("Requestor", "Owner")) {
            request.query("fields[" + role + "]").ifPresent(its -> {
                List<Map<String, Object>> people = people(row, role, its);
                asked.put(role, role.equals("Owner") && !people.isEmpty() ? people.get(0) : people);
            });
        }
        return asked;
    }

    /** The server keeps objects and a record's custom fields in hashes of Perl, which have another order each time. */
    private Object shuffled(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::shuffled).toList();
        }
        if (!(value instanceof Map<?, ?> object)) {
            return value;
        }
        List<Map.Entry<?, ?>> entries = new ArrayList<>(object.entrySet());
        Collections.shuffle(entries, chances);
        Map<Object, Object> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), shuffled(entry.getValue())));
        if (shuffled.get("CustomFields") instanceof List<?> fields) {
            List<Object> order = new ArrayList<>(fields);
            Collections.shuffle(order, chances);
            shuffled.put("CustomFields", order);
        }
        return shuffled;
    }

    private List<Map<String, Object>> people(Map<String, Object> row, String role, String its) {
        return records.people(row, role).stream()
                .map(user -> {
                    Map<String, Object> asked =
                            new LinkedHashMap<>(RequestTrackerRecords.reference(String.valueOf(user.get("Name"))));
                    for (String field : its.split(",", -1)) {
                        if (user.containsKey(field)) {
                            asked.put(field, user.get(field));
                        }
                    }
                    return asked;
                })
                .toList();
    }

    private static Comparator<Map<String, Object>> order(FakeRequest request) {
        List<String> by = request.queryAll().getOrDefault("orderby", List.of());
        List<String> directions = request.queryAll().getOrDefault("order", List.of());
        Comparator<Map<String, Object>> order = Comparator.comparing(row -> 0);
        for (int i = 0; i < by.size(); i++) {
            String field = by.get(i);
            Comparator<Map<String, Object>> next = field.equals("id") || field.equals("ObjectId")
                    ? Comparator.comparingLong(row -> Long.parseLong(String.valueOf(row.get(field))))
                    : Comparator.comparing(row -> String.valueOf(row.get(field)));
            order = order.thenComparing(
                    i < directions.size() && directions.get(i).equals("DESC") ? next.reversed() : next);
        }
        return order;
    }
}
