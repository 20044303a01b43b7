package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.connector.KeyLease;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.Comment;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls as tickets of a queue, found by a custom field with the interaction's id. The field need not be unique, so the id
 * is looked up before a ticket is made, under a lease: opening a call twice, at once or after an unknown outcome, gives
 * the same ticket. What becomes known is added as private comments, each paragraph once.
 */
final class RequestTrackerCallLog implements CallLog {

    private static final String TYPE = RequestTrackerDesk.TICKET;
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;
    private final String key;

    RequestTrackerCallLog(RequestTrackerDesk desk, CallOptions options) {
        this(desk, new RequestTrackerRows(desk, options));
    }

    private RequestTrackerCallLog(RequestTrackerDesk desk, RequestTrackerRows rows) {
        this.desk = desk;
        this.rows = rows;
        this.key = desk.settings().get(RequestTracker.INTERACTION_FIELD);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("call-log");
    }

    @Override
    public CallLog with(CallOptions value) {
        return new RequestTrackerCallLog(desk, value);
    }

    @Override
    public RecordRef open(CallOpening call) {
        Map<String, @Nullable Object> fields = opened(call);
        RequestTrackerCallLog together = new RequestTrackerCallLog(desk, rows.together());
        try (KeyLease lease = together.rows.lease("call:" + call.interactionId())) {
            Optional<Map<String, @Nullable Object>> there = together.find(call.interactionId());
            if (there.isPresent()) {
                return desk.ref(TYPE, there.get().get("id"));
            }
            lease.requireHeld();
            return new RequestTrackerWrites(together.rows).create(fields);
        }
    }

    @Override
    public void update(String interactionId, CallSummary summary) {
        RequestTrackerCallLog together = new RequestTrackerCallLog(desk, rows.together());
        together.write(together.required(interactionId), summary, false);
    }

    @Override
    public void complete(String interactionId, CallSummary summary) {
        RequestTrackerCallLog together = new RequestTrackerCallLog(desk, rows.together());
        together.write(together.required(interactionId), summary, true);
    }

    @Override
    public Optional<CallRecord> get(String interactionId) {
        return find(interactionId)
                .map(row -> new CallRecord(
                        new RequestTrackerMapper(desk)
                                .info(
                                        TYPE,
                                        RequestTrackerRow.text(row, "id"),
                                        new RequestTrackerVersioned(row, null),
                                        RequestTrackerMapper.isDeleted(row)),
                        interactionId,
                        isOver(row)));
    }

    /** The platform compares without regard to case, and ids may differ in nothing else. */
    private Optional<Map<String, @Nullable Object>> find(String interactionId) {
        if (!ID.matcher(interactionId).matches()) {
            throw new IllegalArgumentException("interactionId must be 1 to 100 visible ASCII characters");
        }
        String condition = TicketSql.customField(key) + " = " + TicketSql.text(interactionId) + " AND Queue = "
                + TicketSql.text(desk.callQueue());
        RequestTrackerQuery query = RequestTrackerQuery.tickets(condition, RequestTrackerMapper.TICKET);
        return rows.query(query, Optional.empty()).items().stream()
                .filter(row -> RequestTrackerRow.values(row, key).contains(interactionId))
                .findFirst();
    }

    private Map<String, @Nullable Object> required(String interactionId) {
        return find(interactionId)
                .orElseThrow(() -> desk.failed(
                        "request-tracker.update-call", ErrorKind.NOT_FOUND, "the call was not opened; open it first"));
    }

    private void write(Map<String, @Nullable Object> call, CallSummary summary, boolean over) {
        String id = RequestTrackerRow.text(call, "id");
        List<String> paragraphs = RequestTrackerCallText.paragraphs(summary);
        Optional<String> text =
                paragraphs.isEmpty() ? Optional.empty() : RequestTrackerCallText.lacking(paragraphs, said(id));
        text.ifPresent(value -> new RequestTrackerComments(rows).say(id, value, false));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        summary.contact().ifPresent(value -> fields.put("Requestor", List.of(desk.id(value, RequestTrackerDesk.USER))));
        summary.ticket().ifPresent(value -> fields.put("AddRefersTo", List.of(desk.id(value, TYPE))));
        if (over && !isOver(call)) {
            fields.put("Status", "resolved");
        }
        new RequestTrackerWrites(rows).update(id, fields, Optional.empty());
    }

    private List<String> said(String id) {
        RequestTrackerComments comments = new RequestTrackerComments(rows);
        return Paged.<Comment>of(cursor -> comments.page(id, cursor)).stream()
                .map(Comment::body)
                .toList();
    }

    private Map<String, @Nullable Object> opened(CallOpening call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Queue", desk.callQueue());
        fields.put("Subject", call.subject());
        fields.put("Content", RequestTrackerCallText.opened(call));
        call.contact().ifPresent(value -> fields.put("Requestor", List.of(desk.id(value, RequestTrackerDesk.USER))));
        call.ticket().ifPresent(value -> fields.put("RefersTo", List.of(desk.id(value, TYPE))));
        RequestTrackerDrafts.customFields(fields).put(key, call.interactionId());
        return fields;
    }

    /** Life cycles have words of their own; the platform keeps when a ticket has left its active ones. */
    private boolean isOver(Map<String, @Nullable Object> row) {
        return desk.time(row.get("Resolved")) != null;
    }
}
