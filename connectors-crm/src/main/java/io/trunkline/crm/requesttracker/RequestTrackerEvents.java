package io.trunkline.crm.requesttracker;

import io.trunkline.event.EventHeader;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.MalformedDataException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as events: which ticket, what was done to it, and of its values only those that say that it is gone. A
 * webhook and a listing tell the same of one transaction, so both become the same item first.
 */
final class RequestTrackerEvents {

    /** What the platform notes of its own mails changes no ticket. */
    private static final Set<String> SILENT = Set.of("EmailRecord", "CommentEmailRecord", "SystemError");

    private final RequestTrackerDesk desk;

    RequestTrackerEvents(RequestTrackerDesk desk) {
        this.desk = desk;
    }

    /** Whether a transaction of this kind is told. */
    boolean tells(String type) {
        return !SILENT.contains(type);
    }

    /** A transaction in the words of both. */
    Map<String, @Nullable Object> item(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", RequestTrackerRow.text(row, "id"));
        item.put("ticket", RequestTrackerRow.reference(row, "ObjectId"));
        item.put("created", RequestTrackerRow.text(row, "Created"));
        item.put("type", RequestTrackerRow.text(row, "Type"));
        item.put("field", RequestTrackerRow.text(row, "Field"));
        if (gone(RequestTrackerRow.text(row, "Type"), RequestTrackerRow.text(row, "Field"))) {
            item.put("value", RequestTrackerRow.text(row, "NewValue"));
        }
        return item;
    }

    RecordChanged event(Map<String, @Nullable Object> item) {
        String id = RequestTrackerRow.text(item, "id");
        String ticket = RequestTrackerRow.text(item, "ticket");
        if (!TicketSql.isId(id) || !TicketSql.isId(ticket)) {
            throw new MalformedDataException("a transaction has no number, or no ticket");
        }
        EventHeader header = new EventHeader(
                desk.connection(),
                "transaction-" + id,
                RequestTrackerDesk.TICKET + "/" + ticket,
                created(RequestTrackerRow.text(item, "created")),
                Long.valueOf(id));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Type", RequestTrackerRow.text(item, "type"));
        fields.put("Field", RequestTrackerRow.text(item, "field"));
        return new RecordChanged(header, desk.ref(RequestTrackerDesk.TICKET, ticket), change(item, ticket), fields);
    }

    /** Whether a transaction's value tells that a ticket is gone. */
    private static boolean gone(String type, String field) {
        return type.equals("Status") || field.equals("MergedInto");
    }

    private static RecordChanged.Change change(Map<String, @Nullable Object> item, String ticket) {
        String value = RequestTrackerRow.text(item, "value");
        boolean merged =
                RequestTrackerRow.text(item, "field").equals("MergedInto") && !value.endsWith("/ticket/" + ticket);
        if (merged || (RequestTrackerRow.text(item, "type").equals("Status") && value.equals("deleted"))) {
            return RecordChanged.Change.DELETED;
        }
        return RequestTrackerRow.text(item, "type").equals("Create")
                ? RecordChanged.Change.CREATED
                : RecordChanged.Change.UPDATED;
    }

    private static Instant created(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedDataException("a transaction has no time");
        }
    }
}
