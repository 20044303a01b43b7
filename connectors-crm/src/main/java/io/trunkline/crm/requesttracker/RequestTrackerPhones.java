package io.trunkline.crm.requesttracker;

import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Users by telephone number. The platform's API does not search users by the numbers that people type, but by custom
 * fields, of which one holds the number in E.164; and it searches tickets by the numbers of who has asked for them, in
 * whatever form. So who is in neither place, because they were entered by hand and never had a ticket, is not found. Both
 * answers are looked at here, because the platform passes over a condition that it does not know.
 */
final class RequestTrackerPhones {

    private static final int MOST = 20;

    private final RequestTrackerRows rows;
    private final String field;

    RequestTrackerPhones(RequestTrackerRows rows) {
        this.rows = rows;
        this.field = rows.desk().settings().get(RequestTracker.PHONE_FIELD);
    }

    /** The users who have the number, each once. */
    Collection<Map<String, @Nullable Object>> find(PhoneNumber number) {
        Map<String, Map<String, @Nullable Object>> found = new LinkedHashMap<>();
        if (rows.desk().known().ofUsers(rows, field)) {
            byField(number).forEach(row -> found.putIfAbsent(RequestTrackerRow.text(row, "id"), row));
        }
        if (found.isEmpty()) {
            byTickets(number).forEach(row -> found.putIfAbsent(RequestTrackerRow.text(row, "id"), row));
        }
        return found.values().stream().limit(MOST).toList();
    }

    private List<Map<String, @Nullable Object>> byField(PhoneNumber number) {
        RequestTrackerWire.Condition is = RequestTrackerWire.Condition.is(TicketSql.customField(field), number.e164());
        return rows.find("users", RequestTrackerMapper.USER, List.of(is), Optional.empty()).items().stream()
                .filter(row -> RequestTrackerRow.values(row, field).contains(number.e164()))
                .toList();
    }

    private List<Map<String, @Nullable Object>> byTickets(PhoneNumber number) {
        RequestTrackerQuery query = RequestTrackerQuery.tickets(condition(number), "Requestor")
                .newestFirst()
                .expanding("Requestor", RequestTrackerMapper.USER);
        return rows.query(query, Optional.empty()).items().stream()
                .flatMap(row -> RequestTrackerRow.people(row, "Requestor").stream())
                .filter(row -> says(row, number))
                .toList();
    }

    /** The digits of the number as the country dials it, with anything between them. */
    private static String condition(PhoneNumber number) {
        String digits = number.in(PhoneForm.SUBSCRIBER_DIGITS).replaceAll("[^0-9]", "");
        String pattern = TicketSql.text(String.join("%", digits.split("")));
        return RequestTrackerMapper.PHONES.keySet().stream()
                .map(name -> "Requestor." + name + " LIKE " + pattern)
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private boolean says(Map<String, @Nullable Object> row, PhoneNumber number) {
        Set<String> forms = number.in(List.of(PhoneForm.values())).stream()
                .map(form -> form.replaceAll("[^0-9]", ""))
                .collect(Collectors.toSet());
        return RequestTrackerMapper.PHONES.keySet().stream()
                .map(name -> RequestTrackerRow.text(row, name))
                .filter(stored -> !stored.isBlank())
                .anyMatch(stored ->
                        rows.desk().phone(stored).filter(number::equals).isPresent()
                                || forms.contains(
                                        PhoneNumber.withoutExtension(stored).replaceAll("[^0-9]", "")));
    }
}
