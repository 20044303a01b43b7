package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.connector.KeyLease;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls as tasks. Tasks know no unique field, so the interaction's id is looked up before a task is made, under a lease:
 * opening a call twice, at once or after an unknown outcome, gives the same task.
 */
final class SalesforceCallLog implements CallLog {

    private static final String TYPE = "Task";
    private static final int LONGEST_LINE = 255;
    private static final int MOST_TRIES = 3;
    private static final int MOST_NAMESAKES = 50;
    private static final List<String> FIELDS =
            List.of("Id", "Status", "IsClosed", "Description", "CreatedDate", "SystemModstamp");

    private final SalesforceOrg org;
    private final SalesforceRows rows;
    private final String key;

    SalesforceCallLog(SalesforceOrg org, CallOptions options) {
        this(org, new SalesforceRows(org, options));
    }

    private SalesforceCallLog(SalesforceOrg org, SalesforceRows rows) {
        this.org = org;
        this.rows = rows;
        this.key = org.settings().get(Salesforce.INTERACTION_FIELD);
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("call-log");
    }

    @Override
    public CallLog with(CallOptions value) {
        return new SalesforceCallLog(org, value);
    }

    @Override
    public RecordRef open(CallOpening call) {
        Map<String, @Nullable Object> fields = opened(call);
        SalesforceCallLog together = new SalesforceCallLog(org, rows.together());
        try (KeyLease lease = together.rows.lease("salesforce.open-call", "call:" + call.interactionId())) {
            Optional<Map<String, Object>> there = together.find(call.interactionId());
            if (there.isPresent()) {
                return org.ref(TYPE, there.get());
            }
            lease.requireHeld();
            return together.rows.create(TYPE, fields);
        }
    }

    @Override
    public void update(String interactionId, CallSummary summary) {
        write(interactionId, summarised(summary), SalesforceCallText.paragraphs(summary));
    }

    @Override
    public void complete(String interactionId, CallSummary summary) {
        Map<String, @Nullable Object> fields = summarised(summary);
        fields.put("Status", "Completed");
        write(interactionId, fields, SalesforceCallText.paragraphs(summary));
    }

    @Override
    public Optional<CallRecord> get(String interactionId) {
        SalesforceMapper mapper = new SalesforceMapper(org);
        return find(interactionId)
                .map(row -> new CallRecord(
                        mapper.info(TYPE, row, FIELDS), interactionId, Boolean.TRUE.equals(row.get("IsClosed"))));
    }

    /** The platform compares without regard to case, and ids may differ in nothing else. */
    private Optional<Map<String, Object>> find(String interactionId) {
        List<String> asked = new ArrayList<>(FIELDS);
        asked.add(key);
        String soql = Soql.select(asked, TYPE) + " WHERE " + key + " = " + Soql.text(interactionId)
                + " ORDER BY CreatedDate, Id LIMIT " + MOST_NAMESAKES;
        return rows.query(soql).stream()
                .filter(row -> interactionId.equals(row.get(key)))
                .findFirst();
    }

    /** Adds to the description as it was read; if an agent has written meanwhile, reads it again. */
    private void write(String interactionId, Map<String, @Nullable Object> fields, List<String> paragraphs) {
        SalesforceCallLog together = new SalesforceCallLog(org, rows.together());
        for (int attempt = 1; ; attempt++) {
            Map<String, Object> task = together.required(interactionId);
            Map<String, @Nullable Object> values = new LinkedHashMap<>(fields);
            Optional<String> text = SalesforceCallText.added(text(task, "Description"), paragraphs);
            text.ifPresent(value -> values.put("Description", value));
            if (values.isEmpty()) {
                return;
            }
            try {
                Optional<String> version = text.map(value -> text(task, "SystemModstamp"));
                together.rows.update(org.ref(TYPE, task), TYPE, values, version);
                return;
            } catch (ConflictException e) {
                if (attempt == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Map<String, Object> required(String interactionId) {
        return find(interactionId)
                .orElseThrow(() -> Failures.of(
                        "the call was not opened; open it first",
                        ErrorContext.of(org.connection(), "salesforce.update-call", ErrorKind.NOT_FOUND)));
    }

    private Map<String, @Nullable Object> opened(CallOpening call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(key, call.interactionId());
        fields.put("Subject", SalesforceCallText.cut(call.subject(), LONGEST_LINE));
        fields.put("Status", "In Progress");
        fields.put("TaskSubtype", "Call");
        fields.put("CallType", call.direction() == CallDirection.INBOUND ? "Inbound" : "Outbound");
        fields.put(
                "ActivityDate",
                call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
        fields.put("Description", SalesforceCallText.opened(call));
        call.contact().ifPresent(value -> fields.put("WhoId", org.id(value, "Contact")));
        call.ticket().ifPresent(value -> fields.put("WhatId", org.id(value, "Case")));
        return fields;
    }

    private Map<String, @Nullable Object> summarised(CallSummary summary) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        summary.talked().ifPresent(value -> fields.put("CallDurationInSeconds", value.toSeconds()));
        summary.disposition()
                .ifPresent(value -> fields.put("CallDisposition", SalesforceCallText.cut(value, LONGEST_LINE)));
        summary.contact().ifPresent(value -> fields.put("WhoId", org.id(value, "Contact")));
        summary.ticket().ifPresent(value -> fields.put("WhatId", org.id(value, "Case")));
        return fields;
    }

    private static String text(Map<String, Object> row, String field) {
        Object value = row.get(field);
        return value == null ? "" : value.toString();
    }
}
