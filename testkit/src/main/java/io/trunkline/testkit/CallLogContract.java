package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallRecord;
import io.trunkline.crm.CallSummary;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link CallLog} must do, beside {@link ConnectorContract}: one record a call. */
public abstract class CallLogContract extends ConnectorContract {

    private static final int AT_ONCE = 4;

    /** For subclasses. */
    protected CallLogContract() {}

    /** How many records of calls the platform has in all. */
    protected abstract int effects();

    @Test
    final void callLog_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(CallLog.class, probes());
    }

    @Test
    final void callLog_platformFails_areTypedErrors() {
        failuresAreTyped(CallLog.class, probes());
    }

    @Test
    final void callLog_platformSilent_endAtTheDeadline() {
        deadlinesHold(CallLog.class, probes());
    }

    @Test
    final void open_twice_isOneRecord() {
        CallLog calls = offering(CallLog.class, CallLog.OPEN);
        RecordRef first = calls.open(call("call-1"));

        assertEquals(first.id(), calls.open(call("call-1")).id());

        assertEquals(1, effects());
        assertTrue(!calls.open(call("call-2")).id().equals(first.id()), "two calls share a record");
        assertEquals("subject", first.connection());
    }

    @Test
    final void open_byManyAtOnce_isOneRecord() throws Exception {
        CallLog calls = offering(CallLog.class, CallLog.OPEN);
        Set<String> ids = ConcurrentHashMap.newKeySet();
        List<Callable<Boolean>> openings = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            openings.add(() -> {
                try {
                    return ids.add(calls.open(call("call-1")).id());
                } catch (RetryLaterException e) {
                    return false;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Boolean> opening : threads.invokeAll(openings)) {
                opening.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(1, ids.size());
        assertEquals(1, effects());
    }

    @Test
    final void open_outcomeUnknown_openingAgainMakesNoSecondRecord() {
        CallLog calls = offering(CallLog.class, CallLog.OPEN);
        calls.open(call("first"));
        int requests = requestsOfAnOpening(calls);
        int before = effects();
        Fault[] script = new Fault[requests];
        Arrays.fill(script, Fault.none());
        script[requests - 1] = Fault.reset();
        platform().next(script);

        try {
            calls.open(call("call-1"));
        } catch (OutcomeUnknownException e) {
            Leaks.saw(e);
        }
        calls.open(call("call-1"));

        assertEquals(before + 1, effects());
    }

    @Test
    final void complete_updatedCall_isOver() {
        CallLog calls = offering(CallLog.class, CallLog.OPEN, CallLog.UPDATE, CallLog.COMPLETE, CallLog.GET);
        RecordRef ref = calls.open(call("call-1"));
        assertTrue(!calls.get("call-1").orElseThrow().completed());
        calls.update("call-1", CallSummary.builder().notes(Canary.text()).build());

        calls.complete("call-1", summary());
        calls.complete("call-1", summary());

        CallRecord record = calls.get("call-1").orElseThrow();
        assertTrue(record.completed());
        assertEquals("call-1", record.interactionId());
        assertEquals(ref.id(), record.info().ref().id());
        assertEquals(1, effects());
        Leaks.printed(record);
    }

    @Test
    final void updateCompleteGet_callNeverOpened_isNotFound() {
        CallLog calls = offering(CallLog.class, CallLog.UPDATE, CallLog.COMPLETE, CallLog.GET);

        assertThrows(NotFoundException.class, () -> calls.update("never", summary()));
        assertThrows(NotFoundException.class, () -> calls.complete("never", summary()));
        assertTrue(calls.get("never").isEmpty());
        assertEquals(0, effects());
    }

    @Test
    final void get_interactionIdsThatInject_findNobodyElsesCall() {
        CallLog calls = offering(CallLog.class, CallLog.OPEN, CallLog.GET);
        calls.open(call("call-1"));

        for (String id : List.of("x'OR'1'='1", "call-1'--", "%", "*", "../call-1", "call-1&x=y", "\\")) {
            assertTrue(calls.get(id).isEmpty(), id);
            assertEquals(calls.open(call(id)).id(), calls.open(call(id)).id(), id);
        }
        for (String id : List.of("", "a\r\nX-Evil: 1")) {
            refusedUnsent("interaction id " + id.strip(), () -> calls.get(id));
        }
    }

    private int requestsOfAnOpening(CallLog calls) {
        int before = platform().count();
        calls.open(call("counted"));
        return platform().count() - before;
    }

    private List<Probe<CallLog>> probes() {
        if (client(CallLog.class).can(CallLog.OPEN)) {
            client(CallLog.class).open(call("probe"));
        }
        return List.of(
                Probe.reading(CallLog.OPEN, c -> c.open(call("probe"))),
                Probe.writing(CallLog.UPDATE, c -> c.update("probe", summary())),
                Probe.writing(CallLog.COMPLETE, c -> c.complete("probe", summary())),
                Probe.reading(CallLog.GET, c -> c.get("probe")));
    }

    private static CallOpening call(String id) {
        return CallOpening.of(
                id, CallDirection.INBOUND, PhoneNumber.parse(Canary.phone()), Instant.parse("2026-03-01T08:00:00Z"));
    }

    private static CallSummary summary() {
        return CallSummary.builder()
                .talked(Duration.ofSeconds(95))
                .disposition("Refund")
                .notes(Canary.text())
                .build();
    }
}
