package io.trunkline.crm.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.Capability;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.error.ConflictException;
import io.trunkline.error.UnsupportedCapabilityException;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call is one task, whether or not the business system is there when the call is. */
@Timeout(300)
final class DurableCallLogTest {

    private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00Z");
    private static final int CALLS = 60;

    private final PhoneNumber caller = PhoneNumber.parse(Canary.phone());
    private final FakeSalesforce org = new FakeSalesforce();
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
    private final Store store = Store.inMemory(time);
    private final Trunkline trunkline = Watched.trunkline()
            .time(time)
            .store(store)
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
            .build();
    private final Outbox outbox = new Outbox("crm", store, time);
    private final DurableCallLog calls = DurableCallLog.over(trunkline.client(CallLog.class, "crm"), outbox);

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    @Test
    void lifeOfACall_whileThePlatformIsThere_isOneTaskWithAllOfIt() {
        String contact = org.row("Contact", Map.of("LastName", "A"));
        String ticket = org.row("Case", Map.of("Subject", "S"));
        RecordRef with = new RecordRef("crm", "Contact", contact, "https://crm.test/" + contact);

        CallOpening opening = call("call-1").subject("About a parcel");
        String opened = calls.open(opening.contact(with).ticket(RecordRef.of("crm", "Case", ticket)));
        calls.update("call-1", CallSummary.builder().notes("wants a refund").build());
        String completed = calls.complete(
                "call-1",
                CallSummary.builder()
                        .talked(Duration.ofSeconds(95))
                        .endedAt(STARTED.plusSeconds(100))
                        .disposition("Refund")
                        .recording(URI.create("https://host.test/rec/1"))
                        .transcript("hello\nbye")
                        .contact(with)
                        .build());
        assertEquals(0, org.platform().count(), "nobody waits for the platform");
        live(Duration.ofMinutes(1));

        Map<String, Object> task = task();
        assertEquals(task.get("Id"), platformId(opened));
        assertEquals("", platformId(completed));
        assertEquals("About a parcel", task.get("Subject"));
        assertEquals("Completed", task.get("Status"));
        assertEquals(95L, task.get("CallDurationInSeconds"));
        assertEquals("Refund", task.get("CallDisposition"));
        assertEquals(contact, task.get("WhoId"));
        assertEquals(ticket, task.get("WhatId"));
        assertEquals(
                caller.e164() + " " + STARTED
                        + "\n\nwants a refund\n\nhttps://host.test/rec/1\n\nEnded 2026-03-01T08:01:40Z\n\nhello\nbye",
                task.get("Description"));
    }

    @Test
    void calls_ofAnOutageOfHours_areAllThereOnceAndComplete() {
        org.platform().always(Fault.status(503));
        for (int number = 0; number < 20; number++) {
            log("call-" + number);
            live(Duration.ofMinutes(15));
        }
        assertEquals(0, org.all("Task").size());

        org.platform().always(Fault.none());
        live(Duration.ofMinutes(40));

        assertComplete(20, "an outage of five hours");
        assertEquals(List.of(), outboxQueue());
    }

    @Test
    void calls_underRandomFaults_areOneTaskEach() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int number = 0; number < CALLS; number++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                org.platform().next(fault(random));
            }
            log("call-" + number);
            live(Duration.ofSeconds(30));
        }
        live(Duration.ofHours(30));

        System.out.println("durable call log under faults: seed " + seed);
        assertEquals(List.of(), aside(), "seed " + seed);
        assertComplete(CALLS, "seed " + seed);
    }

    @Test
    void open_throttled_waitsAsLongAsThePlatformAsks() {
        trunkline.verify("crm", Duration.ofSeconds(5));
        Instant before = clock.now();
        org.platform().next(Fault.throttled("7200"));
        calls.open(call("call-1"));

        outbox.work();

        QueueItem waiting = outboxQueue().get(0);
        assertEquals(0, waiting.failures());
        assertFalse(waiting.notBefore().isBefore(before.plusSeconds(7_200)), waiting.notBefore() + " after " + before);
    }

    @Test
    void open_answerThatNeverCame_isFoundAndNotMadeAgain() {
        trunkline.verify("crm", Duration.ofSeconds(5));
        org.platform().next(Fault.none(), Fault.reset());
        String key = calls.open(call("call-1"));

        live(Duration.ofMinutes(4));

        assertEquals(1, posts());
        assertEquals(task().get("Id"), platformId(key));
    }

    @Test
    void open_refused_isPutAsideWithTheReasonAndWithoutTheCaller() {
        String wrong = calls.open(call("call-1").contact(RecordRef.of("crm", "Case", "500000000000001AAA")));
        String late = calls.complete("call-1", CallSummary.builder().notes("n").build());

        live(Duration.ofMinutes(1));

        for (String key : List.of(wrong, late)) {
            OutboxResult.Dead dead =
                    assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
            assertFalse(dead.reason().contains(caller.e164()), dead.reason());
        }
        assertEquals(0, org.all("Task").size());
    }

    @Test
    void logging_theSameAgain_isTheSameWriteAndAnotherOpeningAConflict() {
        CallSummary noted = CallSummary.builder().notes("note").build();

        assertEquals(calls.open(call("call-1")), calls.open(call("call-1")));
        assertEquals(calls.update("call-1", noted), calls.update("call-1", noted));
        assertThrows(ConflictException.class, () -> calls.open(call("call-1").subject("Another")));

        assertEquals(2, outboxQueue().size());
    }

    @Test
    void logging_inATransactionThatIsUndone_leavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> store.atomically(inside -> {
                    calls.in(inside).open(call("call-1"));
                    throw new IllegalStateException("undone");
                }));
        store.atomically(inside -> calls.in(inside).open(call("call-2")));
        live(Duration.ofMinutes(1));

        assertEquals("call-2", task().get("CallObject"));
    }

    @Test
    void open_platformWithoutSearch_isPutAsideAfterAnUnknownOutcome() {
        Outbox other = new Outbox("blind", store, time);
        Unsearchable platform = new Unsearchable();
        DurableCallLog blind = DurableCallLog.over(platform, other);
        String key = blind.open(call("call-1"));

        other.work();
        clock.advance(Duration.ofMinutes(3));
        other.work();

        assertEquals(1, platform.opened);
        OutboxResult.Dead dead =
                assertInstanceOf(OutboxResult.Dead.class, other.result(key).orElseThrow());
        assertTrue(dead.reason().contains("cannot look for a call"), dead.reason());
    }

    @Test
    void operation_thatThePlatformDoesNotOffer_isRefusedBeforeItIsKept() {
        DurableCallLog blind = DurableCallLog.over(new Unsearchable(), new Outbox("blind", store, time));
        CallSummary summary = CallSummary.builder().build();

        assertThrows(UnsupportedCapabilityException.class, () -> blind.update("call-1", summary));
        assertThrows(UnsupportedCapabilityException.class, () -> blind.complete("call-1", summary));
        assertThrows(IllegalArgumentException.class, () -> calls.update("no key of a call", summary));
    }

    /** A platform that takes calls, cannot be asked for them, and whose answers never come. */
    private static final class Unsearchable implements CallLog {

        private int opened;

        @Override
        public String connection() {
            return "blind";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(CallLog.OPEN);
        }

        @Override
        public CallLog with(CallOptions options) {
            return this;
        }

        @Override
        public RecordRef open(CallOpening call) {
            opened++;
            throw new IllegalStateException("cut off");
        }
    }

    private void log(String id) {
        calls.open(call(id));
        calls.update(id, CallSummary.builder().notes("note of " + id).build());
        calls.complete(id, CallSummary.builder().disposition("Done").build());
    }

    private CallOpening call(String interactionId) {
        return CallOpening.of(interactionId, CallDirection.INBOUND, caller, STARTED);
    }

    private Map<String, Object> task() {
        assertEquals(1, org.all("Task").size());
        return org.all("Task").get(0);
    }

    private void assertComplete(int tasks, String told) {
        Set<Object> ids = new HashSet<>();
        for (Map<String, Object> task : org.all("Task")) {
            ids.add(task.get("CallObject"));
            assertEquals("Completed", task.get("Status"), told);
            assertEquals(2, String.valueOf(task.get("Description")).split("\n\n", -1).length, told);
        }
        assertEquals(tasks, org.all("Task").size(), told);
        assertEquals(tasks, ids.size(), told);
    }

    private String platformId(String key) {
        return assertInstanceOf(OutboxResult.Done.class, outbox.result(key).orElseThrow())
                .platformId();
    }

    private long posts() {
        return org.platform().exchanges().stream()
                .filter(exchange -> exchange.request().method().equals("POST")
                        && exchange.request().path().endsWith("/Task"))
                .count();
    }

    private List<QueueItem> outboxQueue() {
        return store.queue(outbox.queueName()).pending(Optional.empty(), 1_000).items();
    }

    private List<String> aside() {
        return store.queue(outbox.queueName()).deadLetters(Optional.empty(), 1_000).items().stream()
                .map(item -> item.entity() + " " + item.reason())
                .toList();
    }

    private void live(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(15)) {
            while (outbox.work() > 0) {
                Thread.onSpinWait();
            }
            clock.advance(Duration.ofSeconds(15));
        }
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Fault.reset();
            case 1 -> Fault.cut();
            case 2 -> Fault.status(503);
            case 3 -> Fault.throttled("30");
            case 4 -> Fault.status(502);
            case 5 -> Fault.webPage();
            default -> Fault.none();
        };
    }
}
