package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.RecordRef;
import java.util.Optional;

/**
 * The record of calls in a business system: one record a call, however often it is logged. All operations are keyed by
 * the interaction id and may be repeated. Undeclared operations throw before any request.
 */
public interface CallLog extends Client<CallLog> {

    /** {@link #open}. */
    Capability OPEN = Capability.of("call-log.open");

    /** {@link #update}. */
    Capability UPDATE = Capability.of("call-log.update");

    /** {@link #complete}. */
    Capability COMPLETE = Capability.of("call-log.complete");

    /** {@link #get}. */
    Capability GET = Capability.of("call-log.get");

    /** Begins the record of a call; a second time it gives the record that is there. */
    default RecordRef open(CallOpening call) {
        throw unsupported(OPEN);
    }

    /**
     * Adds what has become known, without touching what agents have written meanwhile.
     *
     * @throws io.trunkline.error.NotFoundException if the call was never opened
     */
    default void update(String interactionId, CallSummary summary) {
        throw unsupported(UPDATE);
    }

    /**
     * Ends the record of a call.
     *
     * @throws io.trunkline.error.NotFoundException if the call was never opened
     */
    default void complete(String interactionId, CallSummary summary) {
        throw unsupported(COMPLETE);
    }

    /** The record of a call; empty if there is none. */
    default Optional<CallRecord> get(String interactionId) {
        throw unsupported(GET);
    }
}
