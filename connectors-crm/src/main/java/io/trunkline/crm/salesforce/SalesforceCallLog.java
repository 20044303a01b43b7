package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.Lease;
import io.trunkline.store.Leases;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls as tasks. Tasks know no unique field, so the interaction's id is looked up before a task is made, under a lease:
 * opening a call twice, at once or after an unknown outcome, gives the same task.
 */
final class SalesforceCallLog implements CallLog {

    private static final String TYPE = "Task";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int LONGEST_DESCRIPTION = 32_000;

    private final SalesforceOrg org;
    private final Leases leases;
    private final CallOptions options;
    private final String key;

    SalesforceCallLog(SalesforceOrg org, Leases leases, CallOptions options) {
        this.org = org;
        this.leases = leases;
        this.options = options;
        this.key = Soql.name(org.settings().get(Salesforce.INTERACTION_FIELD));
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
        return new SalesforceCallLog(org, leases, value);
    }

    @Override
    public RecordRef open(CallOpening call) {
        String name = "call-log:" + org.connection() + ":" + call.interactionId();
        Optional<Lease> lease = leases.acquire(name, LEASE);
        if (lease.isEmpty()) {
            throw Failures.of(
                    "somebody else is opening this call; ask again in a moment",
                    ErrorContext.of(org.connection(), "salesforce.open-call", ErrorKind.REJECTED_LOCALLY));
        }
        try {
            Optional<Map<String, Object>> there = find(call.interactionId());
            return there.isPresent()
                    ? org.ref(TYPE, String.valueOf(there.get().get("Id")))
                    : org.create(TYPE, opened(call), options);
        } finally {
            lease.get().close();
        }
    }

    @Override
    public void update(String interactionId, CallSummary summary) {
        org.update(TYPE, required(interactionId), summarised(summary), options);
    }

    @Override
    public void complete(String interactionId, CallSummary summary) {
        Map<String, @Nullable Object> fields = summarised(summary);
        fields.put("Status", "Completed");
        org.update(TYPE, required(interactionId), fields, options);
    }

    @Override
    public Optional<CallRecord> get(String interactionId) {
        SalesforceMapper mapper = new SalesforceMapper(org);
        return find(interactionId)
                .map(row -> new CallRecord(
                        mapper.info(TYPE, row, List.of("Id", "Status", "CreatedDate", "SystemModstamp")),
                        interactionId,
                        "Completed".equals(row.get("Status"))));
    }

    private Optional<Map<String, Object>> find(String interactionId) {
        String soql = Soql.select(List.of("Id", "Status", "CreatedDate", "SystemModstamp"), TYPE) + " WHERE " + key
                + " = " + Soql.text(interactionId) + " ORDER BY CreatedDate LIMIT 1";
        return org.rows(soql, options).stream().findFirst();
    }

    private String required(String interactionId) {
        return find(interactionId)
                .map(row -> String.valueOf(row.get("Id")))
                .orElseThrow(() -> Failures.of(
                        "the call was not opened; open it first",
                        ErrorContext.of(org.connection(), "salesforce.update-call", ErrorKind.NOT_FOUND)));
    }

    private Map<String, @Nullable Object> opened(CallOpening call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(key, call.interactionId());
        fields.put("Subject", call.subject());
        fields.put("Status", "In Progress");
        fields.put("TaskSubtype", "Call");
        fields.put("CallType", call.direction() == CallDirection.INBOUND ? "Inbound" : "Outbound");
        fields.put(
                "ActivityDate",
                call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
        call.contact().ifPresent(value -> fields.put("WhoId", org.id(value, "Contact")));
        call.ticket().ifPresent(value -> fields.put("WhatId", org.id(value, "Case")));
        return fields;
    }

    private Map<String, @Nullable Object> summarised(CallSummary summary) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        summary.talked().ifPresent(value -> fields.put("CallDurationInSeconds", value.toSeconds()));
        summary.disposition().ifPresent(value -> fields.put("CallDisposition", value));
        summary.contact().ifPresent(value -> fields.put("WhoId", org.id(value, "Contact")));
        summary.ticket().ifPresent(value -> fields.put("WhatId", org.id(value, "Case")));
        String description = Stream.of(
                        summary.notes(),
                        summary.transcript(),
                        summary.recording().map(URI::toString))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n\n"));
        if (!description.isEmpty()) {
            int end = Math.min(description.length(), LONGEST_DESCRIPTION);
            fields.put("Description", description.substring(0, end));
        }
        return fields;
    }
}
