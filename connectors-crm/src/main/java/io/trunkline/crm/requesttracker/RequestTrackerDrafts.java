package io.trunkline.crm.requesttracker;

import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Phone;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our records to the platform's words. */
final class RequestTrackerDrafts {

    private final RequestTrackerDesk desk;

    RequestTrackerDrafts(RequestTrackerDesk desk) {
        this.desk = desk;
    }

    /** What both a new ticket and a change of one take. */
    Map<String, @Nullable Object> fields(TicketDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        draft.subject().ifPresent(value -> fields.put("Subject", value));
        draft.status().ifPresent(value -> fields.put("Status", word(value)));
        draft.priority().ifPresent(value -> fields.put("Priority", number(value)));
        draft.contact().ifPresent(value -> fields.put("Requestor", List.of(desk.id(value, RequestTrackerDesk.USER))));
        draft.ownerId().ifPresent(value -> fields.put("Owner", RequestTrackerDesk.user(value)));
        customFields(RequestTrackerDesk.TICKET, draft.customFields(), fields);
        return fields;
    }

    /** What a user takes, but the name, which is one line of two parts. */
    Map<String, @Nullable Object> fields(ContactDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (draft.accountId().isPresent()) {
            throw new IllegalArgumentException("the platform knows no companies, so an account cannot be written");
        }
        draft.emails().forEach(email -> only(fields, "EmailAddress", email));
        for (Phone phone : draft.phones()) {
            only(fields, field(phone), phone.stored());
        }
        customFields(RequestTrackerDesk.USER, draft.customFields(), fields);
        return fields;
    }

    /** The custom fields of a body, to which more can be added. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> customFields(Map<String, @Nullable Object> fields) {
        return (Map<String, @Nullable Object>) fields.computeIfAbsent("CustomFields", key -> new LinkedHashMap<>());
    }

    /** The custom fields that a body has. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> customFieldsOf(Map<String, @Nullable Object> fields) {
        return (Map<String, @Nullable Object>) fields.getOrDefault("CustomFields", Map.of());
    }

    private void customFields(String type, Map<String, @Nullable Object> values, Map<String, @Nullable Object> fields) {
        if (!values.isEmpty()) {
            Map<String, @Nullable Object> own = customFields(fields);
            desk.fields().of(type).toPlatform(values).forEach((name, value) -> {
                own.put(TicketSql.name(name), value == null ? null : value.toString());
            });
        }
    }

    private static String field(Phone phone) {
        return RequestTrackerMapper.PHONES.entrySet().stream()
                .filter(entry -> phone.type().is(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a number of this type has no field"));
    }

    private static void only(Map<String, @Nullable Object> fields, String field, String value) {
        if (fields.put(field, value) != null) {
            throw new IllegalArgumentException(field + " can be written once: a contact has room for one");
        }
    }

    private static String word(TicketStatus status) {
        return switch (status) {
            case NEW -> "new";
            case OPEN -> "open";
            case PENDING, ON_HOLD -> "stalled";
            case SOLVED, CLOSED -> "resolved";
        };
    }

    private static String number(TicketPriority priority) {
        return switch (priority) {
            case URGENT, HIGH -> "100";
            case NORMAL -> "50";
            case LOW -> "0";
        };
    }
}
