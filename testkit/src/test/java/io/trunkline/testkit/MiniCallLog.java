package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

record MiniCallLog(MiniCrm crm, CallOptions options) implements CallLog {

    private static final String TYPE = "call";

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("call-log");
    }

    @Override
    public CallLog with(CallOptions value) {
        return new MiniCallLog(crm, value);
    }

    @Override
    public RecordRef open(CallOpening call) {
        synchronized (crm) {
            Optional<Map<String, Object>> there = found(call.interactionId());
            return there.isPresent() && !Flaw.OPENS_AGAIN.here()
                    ? crm.ref(TYPE, there.get().get("id"))
                    : crm.create(TYPE, Map.of("interaction", call.interactionId(), "done", false), options);
        }
    }

    @Override
    public void update(String interactionId, CallSummary summary) {
        change(interactionId, Map.of("notes", summary.notes().orElse("")));
    }

    @Override
    public void complete(String interactionId, CallSummary summary) {
        change(interactionId, Map.of("done", !Flaw.FORGETS_FIELD.here()));
    }

    @Override
    public Optional<CallRecord> get(String interactionId) {
        return found(interactionId)
                .map(row -> new CallRecord(crm.info(TYPE, row), interactionId, Boolean.TRUE.equals(row.get("done"))));
    }

    private void change(String interactionId, Map<String, Object> fields) {
        Optional<Map<String, Object>> there = found(interactionId);
        if (there.isEmpty() && Flaw.INVENTS_WHAT_IS_NOT_THERE.here()) {
            return;
        }
        String id = there.map(row -> String.valueOf(row.get("id")))
                .orElseThrow(() ->
                        Failures.of("open it first", ErrorContext.of(connection(), "mini.call", ErrorKind.NOT_FOUND)));
        crm.api().change(TYPE, id, null, fields).execute(options);
    }

    private Optional<Map<String, Object>> found(String interactionId) {
        boolean twoLines = interactionId.chars().anyMatch(Character::isISOControl);
        if (twoLines && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("must be one line");
        }
        // The flaw pastes the id into a query, so that a wildcard finds somebody else's call.
        boolean any = Flaw.GIVES_TOO_MUCH.here() && interactionId.equals("*");
        Map<String, String> asked = any ? Map.of() : Map.of("interaction", MiniCrm.text(interactionId));
        List<Map<String, Object>> rows = crm.find(TYPE, asked, options);
        return rows.stream().findFirst();
    }
}
