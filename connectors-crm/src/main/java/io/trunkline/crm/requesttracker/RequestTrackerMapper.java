package io.trunkline.crm.requesttracker;

import io.trunkline.crm.Contact;
import io.trunkline.crm.Phone;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.RecordInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's rows to our records. */
final class RequestTrackerMapper {

    static final String TICKET =
            "Subject,Status,Priority,Queue,Requestor,Owner,Created,LastUpdated,Resolved,CustomFields";
    static final String USER =
            "id,Name,EmailAddress,RealName,WorkPhone,MobilePhone,HomePhone,PagerPhone,Created,LastUpdated,CustomFields";
    static final Map<String, Phone.Type> PHONES = phones();

    private static final int HIGH = 100;
    private static final int NORMAL = 50;

    private final RequestTrackerDesk desk;

    RequestTrackerMapper(RequestTrackerDesk desk) {
        this.desk = desk;
    }

    /** A ticket of a listing, which has neither version nor description. */
    Ticket ticket(RequestTrackerRows rows, Map<String, @Nullable Object> row) {
        return ticket(rows, new RequestTrackerVersioned(row, null), "");
    }

    Ticket ticket(RequestTrackerRows rows, RequestTrackerVersioned found, String description) {
        Map<String, @Nullable Object> row = found.row();
        String id = RequestTrackerRow.text(row, "id");
        return new Ticket(
                info(RequestTrackerDesk.TICKET, id, found, isDeleted(row)),
                id,
                RequestTrackerRow.text(row, "Subject"),
                description,
                status(RequestTrackerRow.text(row, "Status")),
                priority(RequestTrackerRow.text(row, "Priority")),
                desk.people().first(rows, row, "Requestor"),
                desk.people().first(rows, row, "Owner"));
    }

    Contact contact(Map<String, @Nullable Object> row) {
        return contact(new RequestTrackerVersioned(row, null));
    }

    Contact contact(RequestTrackerVersioned found) {
        Map<String, @Nullable Object> row = found.row();
        String name = RequestTrackerRow.text(row, "Name");
        String real = RequestTrackerRow.text(row, "RealName");
        String email = RequestTrackerRow.text(row, "EmailAddress");
        RequestTrackerName parts = RequestTrackerName.parse(real);
        return new Contact(
                info(RequestTrackerDesk.USER, RequestTrackerRow.text(row, "id"), found, isDisabled(row)),
                real.isBlank() ? name : real,
                parts.given(),
                parts.family(),
                phones(row),
                email.isEmpty() ? List.of() : List.of(email),
                null,
                null);
    }

    static boolean isDeleted(Map<String, @Nullable Object> row) {
        return RequestTrackerRow.text(row, "Status").equals("deleted");
    }

    static boolean isDisabled(Map<String, @Nullable Object> row) {
        return RequestTrackerRow.text(row, "Disabled").equals("1");
    }

    List<Phone> phones(Map<String, @Nullable Object> row) {
        List<Phone> found = new ArrayList<>();
        PHONES.forEach((field, type) -> {
            String stored = RequestTrackerRow.text(row, field);
            if (!stored.isBlank()) {
                found.add(new Phone(stored, desk.phone(stored).orElse(null), OpenEnum.of(type)));
            }
        });
        return found;
    }

    RecordInfo info(String type, String id, RequestTrackerVersioned found, boolean deleted) {
        Map<String, @Nullable Object> row = found.row();
        return RecordInfo.of(desk.ref(type, id))
                .createdAt(desk.time(row.get("Created")))
                .updatedAt(desk.time(row.get("LastUpdated")))
                .version(found.version())
                .deleted(deleted)
                .customFields(desk.hostFields(type, row))
                .raw(row)
                .build();
    }

    /** A desk may have life cycles of its own, whose words are passed on as they are. */
    private static OpenEnum<TicketStatus> status(String word) {
        return switch (word) {
            case "new" -> OpenEnum.of(TicketStatus.NEW, word);
            case "open" -> OpenEnum.of(TicketStatus.OPEN, word);
            case "stalled" -> OpenEnum.of(TicketStatus.ON_HOLD, word);
            case "resolved" -> OpenEnum.of(TicketStatus.SOLVED, word);
            case "rejected", "deleted" -> OpenEnum.of(TicketStatus.CLOSED, word);
            default -> OpenEnum.unknown(word);
        };
    }

    /** Numbers, of which the platform calls 0 low, 50 medium and 100 high. */
    private static @Nullable OpenEnum<TicketPriority> priority(String word) {
        if (word.isEmpty()) {
            return null;
        }
        if (!word.matches("-?[0-9]{1,6}")) {
            return OpenEnum.unknown(word);
        }
        int number = Integer.parseInt(word);
        if (number >= HIGH) {
            return OpenEnum.of(TicketPriority.HIGH, word);
        }
        return OpenEnum.of(number >= NORMAL ? TicketPriority.NORMAL : TicketPriority.LOW, word);
    }

    private static Map<String, Phone.Type> phones() {
        Map<String, Phone.Type> phones = new LinkedHashMap<>();
        phones.put("WorkPhone", Phone.Type.WORK);
        phones.put("MobilePhone", Phone.Type.MOBILE);
        phones.put("HomePhone", Phone.Type.HOME);
        phones.put("PagerPhone", Phone.Type.OTHER);
        return Collections.unmodifiableMap(phones);
    }
}
