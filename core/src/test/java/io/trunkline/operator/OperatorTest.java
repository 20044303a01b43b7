package io.trunkline.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OperatorTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final Incident incident = new Incident(store, time);
    private final Operator operator = new Operator(store, time);

    @Test
    void backlogs_itemsOfEveryKind_areCountedAndNamed() {
        incident.arrives("e1", "c1");
        incident.works();
        clock.advance(Duration.ofSeconds(3));
        incident.arrives("e2", "c1");
        incident.runner.run(incident.job);
        putAside(store.queue("outbox.sms"), "{\"to\":\"" + incident.phone + "\"}");

        List<Backlog> all = operator.backlogs();

        assertEquals(
                List.of(
                        new Backlog("outbox.sms", "outbox", 0, 0, 1, null),
                        new Backlog(Incident.INBOX, "inbox", 2, 1, 0, Duration.ofSeconds(3)),
                        new Backlog(
                                "sync-dead.contacts", "records put aside by synchronisation contacts", 0, 0, 1, null)),
                all);
    }

    @Test
    void show_itemsFullOfPersonalData_giveFormAndReasonAlone() {
        incident.arrives("e1", incident.phone);
        incident.works();
        incident.runner.run(incident.job);
        putAside(store.queue("outbox.sms"), "{\"to\":\"" + incident.phone + "\",\"text\":\"" + incident.name + "\"}");

        String shown = everythingShown();
        StringBuilder planted = new StringBuilder();
        store.queue(Incident.INBOX)
                .pending(Optional.empty(), 1)
                .items()
                .forEach(item -> planted.append(new String(item.payload(), StandardCharsets.UTF_8)));

        for (String personal : List.of(incident.phone, incident.email, incident.name, incident.token)) {
            assertTrue(planted.indexOf(personal) >= 0, "the control holds nothing personal");
            assertFalse(shown.contains(personal), "something personal is shown");
        }
        for (String useful : List.of(
                "type: message.created",
                "at: 2026-03-01T08:00:00Z",
                "count: 7",
                "tags: 3 entries",
                "by: POST /hook/***@example.test",
                "chat/",
                "IllegalStateException: no desk for ***@example.test",
                "the birthday of ***@example.test lies in the future",
                "type: lead",
                "text: a text of")) {
            assertTrue(shown.contains(useful), () -> useful + " is not in " + shown);
        }
    }

    @Test
    void retry_failingItem_isDueAtOnceAndOnlyOnce() {
        incident.arrives("e1", "c1");
        incident.works();
        BacklogItem failing =
                only(operator.pending(Incident.INBOX, Optional.empty(), 10).items());
        incident.broken = false;
        incident.works();
        assertEquals(List.of(), incident.handled);

        assertTrue(operator.retry(Incident.INBOX, failing.id()));

        incident.works();
        assertEquals(ItemState.FAILING, failing.state());
        assertTrue(failing.next().orElseThrow().compareTo(Duration.ofSeconds(5)) <= 0);
        assertEquals(List.of("e1"), incident.handled);
        assertFalse(operator.retry(Incident.INBOX, failing.id()));
        assertEquals(List.of(), operator.backlogs());
    }

    @Test
    void X45_deadLetterReplayedTwice_hasOneEffect() {
        failForGood("e1", "c1");
        BacklogItem dead =
                only(operator.dead(Incident.INBOX, Optional.empty(), 10).items());
        incident.broken = false;

        assertTrue(operator.replay(Incident.INBOX, dead.id()));
        assertFalse(operator.replay(Incident.INBOX, dead.id()));
        incident.works();
        assertFalse(operator.replay(Incident.INBOX, dead.id()));
        incident.works();

        assertEquals(8, dead.failures());
        assertEquals(List.of("e1"), incident.handled);
    }

    @Test
    void replayAll_itemsOfOneQueue_areReplayedAndOthersStay() {
        for (int i = 0; i < 3; i++) {
            failForGood("e" + i, "c" + i);
        }
        putAside(store.queue("outbox.sms"), "{}");
        incident.broken = false;

        assertEquals(3, operator.replayAll(Incident.INBOX));
        assertEquals(0, operator.replayAll(Incident.INBOX));

        incident.works();
        assertEquals(
                List.of("e0", "e1", "e2"), incident.handled.stream().sorted().toList());
        assertEquals(
                1, operator.dead("outbox.sms", Optional.empty(), 10).items().size());
    }

    @Test
    void X45_recordReplayedTwice_isWrittenOnceByTheNextRun() {
        incident.runner.run(incident.job);
        BacklogItem dead =
                only(operator.dead("sync-dead.contacts", Optional.empty(), 10).items());

        assertTrue(operator.replay("sync-dead.contacts", dead.id()));
        assertFalse(operator.replay("sync-dead.contacts", dead.id()));
        incident.runner.run(incident.job);
        assertFalse(incident.table.rows.containsKey(incident.phone));
        assertEquals(1, operator.backlogs().size());
        incident.unfit = false;
        incident.runner.run(incident.job);
        assertFalse(incident.table.rows.containsKey(incident.phone));
        assertTrue(operator.replay("sync-dead.contacts", dead.id()));
        SyncReport last = incident.runner.run(incident.job);

        assertEquals(SyncReport.State.COMPLETED, last.state(), last.problem());
        assertTrue(incident.table.rows.containsKey(incident.phone));
        assertEquals(List.of(), operator.backlogs());
        assertFalse(operator.replay("sync-dead.contacts", dead.id()));
    }

    @Test
    void drop_itemOfEitherKind_isGoneForGood() {
        failForGood("e1", "c1");
        incident.runner.run(incident.job);

        for (Backlog place : operator.backlogs()) {
            BacklogItem dead =
                    only(operator.dead(place.queue(), Optional.empty(), 10).items());
            assertTrue(operator.drop(place.queue(), dead.id()));
            assertFalse(operator.drop(place.queue(), dead.id()));
            assertTrue(operator.show(place.queue(), dead.id()).isEmpty());
        }

        assertEquals(List.of(), operator.backlogs());
        for (String noNumber : List.of("", "x", "-1", "1e3", "9".repeat(40), "\u0661")) {
            assertFalse(operator.drop(Incident.INBOX, noNumber));
        }
    }

    @Test
    void jobs_afterARunAndAPause_tellBoth() {
        incident.runner.run(incident.job);
        operator.pause("contacts");
        operator.pause("never-run");

        List<JobView> jobs = operator.jobs();

        assertEquals(
                List.of("contacts", "never-run"),
                jobs.stream().map(JobView::job).toList());
        assertEquals(1, jobs.get(0).report().orElseThrow().counts().written());
        assertEquals(1, jobs.get(0).dead());
        assertTrue(jobs.get(0).paused() && jobs.get(1).report().isEmpty());
        operator.resume("contacts");
        assertFalse(operator.jobs().get(0).paused());
    }

    @Test
    void verify_goodBadAndUncheckedConnections_areTold() {
        try (LocalServer good = LocalServer.answering(LocalServer.json(200, "agent " + incident.email));
                LocalServer bad = LocalServer.answering(LocalServer.json(401, "no"));
                Trunkline trunkline = Checked.trunkline(good.uri(), bad.uri())) {
            incident.arrives("e1", "c1");
            Operator view = new Operator(trunkline, store, time);

            List<Verification> all = view.verify(Duration.ofSeconds(5));

            assertEquals(new Verification("good", Verification.State.GOOD, "agent ***@example.test"), all.get(0));
            assertEquals(Verification.State.BAD, all.get(1).state());
            assertEquals("inbox of chat", only(view.backlogs()).what());
            assertEquals(Verification.State.UNCHECKED, all.get(2).state());
        }
    }

    /** Replayable by {@code -Dtrunkline.seed}. */
    @Test
    void show_anyBytes_neverFail() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String queue = List.of("webhooks.x", "webhooks.x.conflicts", "outbox.x", "other")
                    .get(i % 4);
            store.queue(queue).add("entity", bytes, clock.now(), null);

            QueueItem item =
                    store.queue(queue).pending(Optional.empty(), 1).items().get(0);
            ItemDetail detail = operator.show(queue, Long.toString(item.id())).orElseThrow();

            assertFalse(detail.content().isEmpty(), "seed " + seed);
            assertTrue(operator.drop(queue, detail.item().id()), "seed " + seed);
        }
        assertThrows(IllegalArgumentException.class, () -> operator.show("Not A Queue", "1"));
    }

    private String everythingShown() {
        StringBuilder shown = new StringBuilder();
        for (Backlog place : operator.backlogs()) {
            for (List<BacklogItem> items : List.of(
                    operator.pending(place.queue(), Optional.empty(), 10).items(),
                    operator.dead(place.queue(), Optional.empty(), 10).items())) {
                items.forEach(item -> shown.append(item)
                        .append('\n')
                        .append(operator.show(item.queue(), item.id()).orElseThrow())
                        .append('\n'));
            }
        }
        return shown.toString();
    }

    private void failForGood(String id, String customer) {
        incident.arrives(id, customer);
        for (int i = 0; i < 8; i++) {
            incident.works();
            clock.advance(Incident.pause());
        }
    }

    private void putAside(OrderedQueue queue, String payload) {
        queue.add("e", payload.getBytes(StandardCharsets.UTF_8), clock.now(), null);
        assertTrue(queue.dead(queue.take(1, Duration.ofMinutes(1)).get(0), "refused: " + incident.email));
    }

    private static <T> T only(List<T> items) {
        assertEquals(1, items.size(), () -> items.toString());
        return items.get(0);
    }
}
