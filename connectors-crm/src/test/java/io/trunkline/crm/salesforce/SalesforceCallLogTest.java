package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.KeyLease;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.http.HttpStack;
import io.trunkline.resilience.CallListener;
import io.trunkline.store.Store;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call is one task, whatever happens between, and nobody's words are lost. */
@Timeout(300)
final class SalesforceCallLogTest {

    /** Loopback delays make each script cost a tenth of a second; the full run has a thousand. */
    private static final int SCRIPTS = Integer.getInteger("trunkline.scripts", 150);

    private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00Z");

    private final PhoneNumber caller = PhoneNumber.parse(Canary.phone());
    private final FakeSalesforce org = new FakeSalesforce();
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
    private final Store store = Store.inMemory(time);
    private Trunkline trunkline = started();
    private CallLog calls = trunkline.client(CallLog.class, "crm");

    private Trunkline started() {
        return Watched.trunkline()
                .time(time)
                .store(store)
                .connect(
                        "crm",
                        Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
                .build();
    }

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    private CallOpening call(String interactionId) {
        return CallOpening.of(interactionId, CallDirection.INBOUND, caller, STARTED);
    }

    private Map<String, Object> task() {
        assertEquals(1, org.all("Task").size());
        return org.all("Task").get(0);
    }

    @Test
    void lifeOfACall_openUpdateComplete_isOneTaskWithAllOfIt() {
        String contact = org.row("Contact", Map.of("LastName", "A"));
        String ticket = org.row("Case", Map.of("Subject", "S"));
        RecordRef first = calls.open(call("call-1")
                .contact(RecordRef.of("crm", "Contact", contact))
                .ticket(RecordRef.of("crm", "Case", ticket)));
        RecordRef again = calls.open(call("call-1"));
        calls.update("call-1", CallSummary.builder().notes("wants a refund").build());
        assertFalse(calls.get("call-1").orElseThrow().completed());
        CallSummary end = CallSummary.builder()
                .talked(Duration.ofSeconds(95))
                .endedAt(STARTED.plusSeconds(100))
                .disposition("Refund")
                .recording(URI.create("https://host.test/rec/1"))
                .transcript("hello\r\nbye")
                .build();

        calls.complete("call-1", end);
        calls.complete("call-1", end);

        assertEquals(first, again);
        assertEquals(95L, task().get("CallDurationInSeconds"));
        assertEquals("Refund", task().get("CallDisposition"));
        assertEquals(contact, task().get("WhoId"));
        assertEquals(ticket, task().get("WhatId"));
        assertEquals("Inbound", task().get("CallType"));
        assertEquals("2026-03-01", task().get("ActivityDate"));
        assertEquals(
                caller.e164() + " " + STARTED
                        + "\n\nwants a refund\n\nhttps://host.test/rec/1\n\nEnded 2026-03-01T08:01:40Z\n\nhello\nbye",
                task().get("Description"));
        assertTrue(calls.get("call-1").orElseThrow().completed());
    }

    @Test
    void update_agentHasWrittenMeanwhile_keepsTheAgentsWords() {
        calls.open(call("call-1"));
        org.now(org.now().plusSeconds(5));
        task().put("Description", "agent: VIP\r\nbe kind");

        calls.update("call-1", CallSummary.builder().notes("kind").build());
        calls.complete("call-1", CallSummary.builder().notes("kind").build());

        assertEquals("agent: VIP\nbe kind\n\nkind", task().get("Description"));
    }

    @Test
    void update_agentWritesBetweenReadingAndWriting_isReadAgain() {
        calls.open(call("call-1"));
        org.platform().next(Fault.none(), Fault.answer(412, "application/json", "[]"));
        int before = org.platform().count();

        calls.update("call-1", CallSummary.builder().notes("noted").build());

        assertEquals(4, org.platform().count() - before);
        assertTrue(String.valueOf(task().get("Description")).endsWith("noted"));
    }

    @Test
    void update_textLongerThanTheField_isCutOnceAndBetweenCharacters() {
        calls.open(call("call-1"));
        CallSummary summary = CallSummary.builder()
                .notes("short")
                .transcript("\uD83D\uDE00".repeat(20_000))
                .build();

        calls.update("call-1", summary);
        String text = String.valueOf(task().get("Description"));
        calls.update("call-1", summary);

        assertTrue(text.length() <= 32_000 && text.length() >= 31_999);
        assertFalse(Character.isHighSurrogate(text.charAt(text.length() - 1)));
        assertEquals(text, task().get("Description"));
        assertTrue(text.contains("short"));
    }

    @Test
    void update_nothingKnown_writesNothing() {
        calls.open(call("call-1"));
        Map<String, Object> before = Map.copyOf(task());

        calls.update("call-1", CallSummary.builder().build());

        assertEquals(before, Map.copyOf(task()));
    }

    @Test
    void open_longSubject_isCut() {
        calls.open(call("call-1").subject("s".repeat(400)));

        assertEquals(255, String.valueOf(task().get("Subject")).length());
    }

    @Test
    void open_idsThatDifferInCaseOnly_areTwoCalls() {
        RecordRef lower = calls.open(call("call-a"));
        RecordRef upper = calls.open(call("CALL-A"));

        assertNotEquals(lower, upper);
        assertEquals(lower.id(), calls.get("call-a").orElseThrow().info().ref().id());
        assertEquals(upper.id(), calls.get("CALL-A").orElseThrow().info().ref().id());
    }

    @Test
    void update_neverOpenedOrDeleted_isNotFound() {
        assertThrows(
                NotFoundException.class,
                () -> calls.update("call-1", CallSummary.builder().notes("n").build()));
        calls.open(call("call-2"));
        task().put("IsDeleted", true);

        assertThrows(
                NotFoundException.class,
                () -> calls.complete("call-2", CallSummary.builder().build()));
    }

    @Test
    void open_contactOfAnotherKindOrConnection_isRefusedBeforeAnythingIsSent() {
        for (RecordRef wrong : List.of(
                RecordRef.of("crm", "Case", "500000000000001AAA"),
                RecordRef.of("other", "Contact", "003000000000001AAA"),
                RecordRef.of("crm", "Contact", "../x"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> calls.open(call("call-1").contact(wrong)));
        }

        assertEquals(0, org.platform().count());
    }

    @Test
    void open_outcomeUnknownThenAgain_isOneTask() {
        trunkline.verify("crm", Duration.ofSeconds(5));
        org.platform().next(Fault.none(), Fault.reset());

        assertThrows(OutcomeUnknownException.class, () -> calls.open(call("call-1")));
        calls.open(call("call-1"));

        assertEquals(1, org.all("Task").size());
    }

    @Test
    void open_processDiesBetweenOpeningAndCompleting_goesOnWithTheSameTask() {
        RecordRef before = calls.open(call("call-1"));
        trunkline.close();
        trunkline = Watched.trunkline()
                .time(time)
                .connect("crm", Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s")))
                .build();
        calls = trunkline.client(CallLog.class, "crm");

        RecordRef after = calls.open(call("call-1"));
        calls.complete("call-1", CallSummary.builder().notes("done").build());

        assertEquals(before, after);
        assertEquals("Completed", task().get("Status"));
    }

    @Test
    void open_atOnceFromManyThreads_isOneTask() throws Exception {
        try (Trunkline real = Watched.trunkline()
                .connect("crm", Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s")))
                .build()) {
            CallLog shared = real.client(CallLog.class, "crm");
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<RecordRef>> work = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                work.add(() -> shared.open(call("call-1")));
            }
            Set<RecordRef> refs = new HashSet<>();
            for (Future<RecordRef> ref : threads.invokeAll(work)) {
                refs.add(ref.get());
            }
            threads.shutdownNow();

            assertEquals(1, refs.size());
            assertEquals(1, org.all("Task").size());
        }
    }

    @Test
    void open_heldByAnotherForTooLong_saysSoAtTheDeadline() {
        heldByAnother("call-1");

        ConnectorException thrown = assertThrows(
                ConnectorException.class,
                () -> calls.with(CallOptions.within(Duration.ofSeconds(2))).open(call("call-1")));

        assertEquals(ErrorKind.REJECTED_LOCALLY, thrown.kind());
        assertEquals("salesforce.open-call", thrown.context().operation());
        assertEquals(0, org.platform().count());
    }

    @Test
    void open_inBulkAndHeldByAnother_waitsAsLongAsBulkCallsMay() {
        heldByAnother("call-1");
        long before = clock.nanos();

        assertThrows(
                ConnectorException.class, () -> calls.with(CallOptions.bulk()).open(call("call-1")));

        assertEquals(
                Duration.ofMinutes(2).toSeconds(),
                Duration.ofNanos(clock.nanos() - before).plusMillis(20).toSeconds());
    }

    private void heldByAnother(String interactionId) {
        try (HttpStack http = HttpStack.builder().build()) {
            ConnectorRuntime node = new ConnectorRuntime("crm", http, time, store, CallListener.none());
            KeyLease.take(node, "test", "call:" + interactionId, Deadline.in(Duration.ofMinutes(5), time));
        }
    }

    /** Every script of faults: whatever an attempt says, asking again until it says yes leaves one task with all notes. */
    @Test
    void calls_thousandRandomFaultScripts_areOneTaskEach() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        int unknown = 0;
        for (int script = 0; script < SCRIPTS; script++) {
            String id = "call-" + script;
            for (int i = random.nextInt(5); i > 0; i--) {
                org.platform().next(fault(random));
            }
            unknown += untilDone(() -> calls.open(call(id)));
            unknown += untilDone(() -> calls.update(
                    id, CallSummary.builder().notes("note of " + id).build()));
            unknown += untilDone(() ->
                    calls.complete(id, CallSummary.builder().disposition("Done").build()));
        }

        String told = "seed " + seed + ", " + unknown + " unknown outcomes";
        System.out.println("call log under faults: " + told);
        assertEquals(SCRIPTS, org.all("Task").size(), told);
        Set<Object> ids = new HashSet<>();
        for (Map<String, Object> task : org.all("Task")) {
            ids.add(task.get("CallObject"));
            assertEquals("Completed", task.get("Status"), told);
            assertEquals(2, String.valueOf(task.get("Description")).split("\n\n", -1).length, told);
        }
        assertEquals(SCRIPTS, ids.size(), told);
        assertTrue(unknown > 0, told);
    }

    private int untilDone(Runnable step) {
        int unknown = 0;
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                step.run();
                return unknown;
            } catch (OutcomeUnknownException e) {
                unknown++;
            } catch (ConnectorException e) {
                clock.advance(Duration.ofSeconds(31));
            }
        }
        throw new AssertionError("fifty attempts were not enough");
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Fault.reset();
            case 1 -> Fault.cut();
            case 2 -> Fault.status(503);
            case 3 -> Fault.throttled("1");
            case 4 -> Fault.webPage();
            case 5 ->
                Fault.answer(500, "application/json", "[{\"errorCode\":\"UNKNOWN_EXCEPTION\",\"message\":\"x\"}]");
            case 6 -> Fault.answer(400, "application/json", "[{\"errorCode\":\"UNABLE_TO_LOCK_ROW\"}]");
            default -> Fault.none();
        };
    }
}
