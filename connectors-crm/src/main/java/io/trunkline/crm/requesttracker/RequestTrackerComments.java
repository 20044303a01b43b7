package io.trunkline.crm.requesttracker;

import io.trunkline.crm.Comment;
import io.trunkline.http.ApiResponse;
import io.trunkline.value.Page;
import io.trunkline.value.RecordRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was said on a ticket: transactions whose text lies in attachments. Mails that the platform itself has sent lie
 * there too, under transactions of their own, and are left out.
 */
final class RequestTrackerComments {

    private static final String CORRESPOND = "Correspond";
    private static final Pattern LOCATION = Pattern.compile(".*/transaction/([0-9]{1,18})");
    private static final int LONGEST = 1 << 20;

    private final RequestTrackerRows rows;

    RequestTrackerComments(RequestTrackerRows rows) {
        this.rows = rows;
    }

    /** Says something; the customer gets a mail of what is public. */
    RecordRef say(String ticket, String body, boolean publicToCustomer) {
        if (body.isBlank() || body.length() > LONGEST) {
            throw new IllegalArgumentException("comment must have 1 to " + LONGEST + " characters");
        }
        String kind = publicToCustomer ? "correspond" : "comment";
        Map<String, String> message = Map.of("Content", body, "ContentType", "text/plain");
        return said(rows.api().comment(ticket, kind, message).exchange(rows.options()));
    }

    /** The transaction that a message has become. */
    RecordRef said(ApiResponse<List<String>> answer) {
        Matcher location = LOCATION.matcher(answer.headers().first("Location").orElse(""));
        if (!location.matches()) {
            throw rows.desk().broken("request-tracker.comment", null);
        }
        return rows.desk().ref(RequestTrackerDesk.TRANSACTION, location.group(1));
    }

    /** A page of what was said, oldest first. */
    Page<Comment> page(String ticket, Optional<String> cursor) {
        List<RequestTrackerWire.Condition> said = List.of(
                RequestTrackerWire.Condition.is("Type", CORRESPOND),
                RequestTrackerWire.Condition.is("Type", "Comment"));
        Page<Map<String, @Nullable Object>> page =
                rows.find("ticket/" + ticket + "/history", "Type,Created,Creator", said, cursor);
        Map<String, String> texts = texts(ticket, page.items());
        return new Page<>(page.items().stream().map(row -> comment(row, texts)).toList(), page.cursor());
    }

    /** What a ticket was opened with; empty if with nothing. */
    String description(String ticket) {
        List<RequestTrackerWire.Condition> created = List.of(RequestTrackerWire.Condition.is("Type", "Create"));
        List<Map<String, @Nullable Object>> first = rows.find(
                        "ticket/" + ticket + "/history", "Created", created, Optional.empty())
                .items();
        // Those of tickets that were merged into this one come later.
        List<Map<String, @Nullable Object>> own = first.subList(0, Math.min(1, first.size()));
        return texts(ticket, own).values().stream().findFirst().orElse("");
    }

    /** The text of each transaction: its first part that is text and no file. */
    private Map<String, String> texts(String ticket, List<Map<String, @Nullable Object>> transactions) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (transactions.isEmpty()) {
            return texts;
        }
        String first = RequestTrackerRow.text(transactions.get(0), "id");
        String last = RequestTrackerRow.text(transactions.get(transactions.size() - 1), "id");
        List<RequestTrackerWire.Condition> parts = List.of(
                RequestTrackerWire.Condition.bound("TransactionId", ">=", first),
                RequestTrackerWire.Condition.bound("TransactionId", "<=", last),
                new RequestTrackerWire.Condition("ContentType", "STARTSWITH", "text/", null));
        for (Map<String, @Nullable Object> part :
                rows.all("ticket/" + ticket + "/attachments", "TransactionId,Filename,Content", parts)) {
            if (RequestTrackerRow.text(part, "Filename").isEmpty()) {
                texts.putIfAbsent(
                        RequestTrackerRow.reference(part, "TransactionId"), RequestTrackerRow.text(part, "Content"));
            }
        }
        return texts;
    }

    private Comment comment(Map<String, @Nullable Object> row, Map<String, String> texts) {
        String id = RequestTrackerRow.text(row, "id");
        return new Comment(
                new RequestTrackerMapper(rows.desk())
                        .info(RequestTrackerDesk.TRANSACTION, id, new RequestTrackerVersioned(row, null), false),
                texts.getOrDefault(id, ""),
                RequestTrackerRow.text(row, "Type").equals(CORRESPOND),
                RequestTrackerRow.reference(row, "Creator"));
    }
}
