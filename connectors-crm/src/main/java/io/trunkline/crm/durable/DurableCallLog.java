package io.trunkline.crm.durable;

import io.trunkline.auth.Macs;
import io.trunkline.connector.Capability;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.outbox.OutboxHandler;
import io.trunkline.outbox.Reconciliation;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of calls by way of an outbox: what is logged of one call is written in its order, however long the business
 * system is down. Nothing waits for the platform. Each operation gives the key by which {@link Outbox#result} tells what
 * became of it; the same again is the same write. Thread-safe.
 */
public final class DurableCallLog {

    private static final String OPEN = "call-log.open";
    private static final String UPDATE = "call-log.update";
    private static final String COMPLETE = "call-log.complete";

    private final CallLog calls;
    private final Outbox outbox;
    private final @Nullable Store inside;

    private DurableCallLog(CallLog calls, Outbox outbox, @Nullable Store inside) {
        this.calls = calls;
        this.outbox = outbox;
        this.inside = inside;
    }

    /** The call log of a connection, written by the connection's outbox, which is given the handlers for it. */
    public static DurableCallLog over(CallLog calls, Outbox outbox) {
        outbox.on(OPEN, new Opening(calls));
        outbox.on(UPDATE, OutboxHandler.repeatable(entry -> {
            with(calls, entry).update(CallPayloads.interaction(entry), CallPayloads.summary(entry));
            return "";
        }));
        outbox.on(COMPLETE, OutboxHandler.repeatable(entry -> {
            with(calls, entry).complete(CallPayloads.interaction(entry), CallPayloads.summary(entry));
            return "";
        }));
        return new DurableCallLog(calls, outbox, null);
    }

    /** A view that logs what is logged in a transaction of the outbox's store: if that is committed. */
    public DurableCallLog in(Store transaction) {
        return new DurableCallLog(calls, outbox, transaction);
    }

    /** Begins the record of a call. */
    public String open(CallOpening call) {
        require(CallLog.OPEN);
        return put(OutboxEntry.of(
                OPEN, entity(call.interactionId()), OPEN + "/" + call.interactionId(), CallPayloads.of(call)));
    }

    /** Adds what has become known. */
    public String update(String interactionId, CallSummary summary) {
        require(CallLog.UPDATE);
        return summarised(UPDATE, interactionId, summary);
    }

    /** Ends the record of a call. */
    public String complete(String interactionId, CallSummary summary) {
        require(CallLog.COMPLETE);
        return summarised(COMPLETE, interactionId, summary);
    }

    private String summarised(String kind, String interactionId, CallSummary summary) {
        byte[] payload = CallPayloads.of(interactionId, summary);
        String content = HexFormat.of().formatHex(Macs.digest("SHA-256", payload), 0, 12);
        return put(OutboxEntry.of(kind, entity(interactionId), kind + "/" + interactionId + "/" + content, payload));
    }

    private String put(OutboxEntry entry) {
        if (inside == null) {
            outbox.put(entry);
        } else {
            outbox.put(entry, inside);
        }
        return entry.key();
    }

    private void require(Capability capability) {
        if (!calls.can(capability)) {
            throw calls.unsupported(capability);
        }
    }

    private static String entity(String interactionId) {
        return "call/" + interactionId;
    }

    private static CallLog with(CallLog calls, OutboxEntry entry) {
        return calls.with(CallOptions.bulk().idempotencyKey(entry.key()));
    }

    /** Makes the record, and looks for it where it may be there already. */
    private record Opening(CallLog calls) implements OutboxHandler {

        @Override
        public String write(OutboxEntry entry) {
            return with(calls, entry).open(CallPayloads.opening(entry)).id();
        }

        @Override
        public Reconciliation reconcile(OutboxEntry entry, Instant begun) {
            if (!calls.can(CallLog.GET)) {
                return new Reconciliation.CannotTell("the platform cannot look for a call");
            }
            Optional<CallRecord> there = with(calls, entry).get(CallPayloads.interaction(entry));
            return there.<Reconciliation>map(
                            call -> new Reconciliation.Done(call.info().ref().id()))
                    .orElseGet(Reconciliation.NotDone::new);
        }
    }
}
