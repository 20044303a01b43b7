package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConnectorException;
import io.trunkline.event.EventHeader;
import io.trunkline.event.GapFound;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.NewsWaiting;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Lease;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notifications that lead to reading, and reading that finds what no notification told. */
@Timeout(60)
final class PullTest {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final FakeKf platform = new FakeKf(clock);
    private final KfSource source = new KfSource(platform);
    private final Puller puller = new Puller(source, store, time, EVERY);
    private final OrderedQueue queue = store.queue(StoredWebhook.queue("kf"));
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<GapFound> gaps = new CopyOnWriteArrayList<>();
    private final WebhookDispatcher dispatcher = dispatcher();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void notification_severalPages_leadsToEachMessageOnceInOrder() {
        String ticket = Canary.secret();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            texts.add(Canary.text());
            platform.write("one", "anna", texts.get(i));
        }

        notify("n1", ticket);
        notify("n1", ticket);
        dispatchAll();

        assertEquals(texts, handled);
        assertEquals(Set.of(ticket), Set.copyOf(platform.tokens));
        assertEquals(4, platform.reads.get());
        assertEquals(List.of(), waiting());
    }

    @Test
    void newsWaiting_printed_hidesTheTicket() {
        String ticket = Canary.secret();
        EventHeader header = new EventHeader("kf", "1", "account/one", clock.now(), null);

        String printed = new NewsWaiting(header, "kf", "one", Secret.of(ticket)).toString();

        assertFalse(printed.contains(ticket));
        assertTrue(printed.contains("one"));
    }

    @Test
    void sweep_notificationThatNeverCame_isMadeGood() {
        platform.write("one", "anna", "first");
        assertEquals(1, puller.sweep());
        platform.write("one", "anna", "never notified");

        int reads = platform.reads.get();
        assertEquals(0, puller.sweep());
        assertEquals(reads, platform.reads.get());
        clock.advance(EVERY);
        assertEquals(1, puller.sweep());
        dispatchAll();

        assertEquals(List.of("first", "never notified"), handled);
        assertEquals(List.of(), gaps);
    }

    @Test
    void sweep_oneStreamThatFails_doesNotKeepTheOthersFromBeingRead() {
        source.accounts.add("a-broken-one");
        platform.broken = "a-broken-one";
        platform.write("one", "anna", "hello");

        assertThrows(ConnectorException.class, puller::sweep);
        dispatchAll();

        assertEquals(List.of("hello"), handled);
    }

    @Test
    void sweep_moreThanThePlatformStillGives_isToldAsAGapOnce() {
        platform.write("one", "anna", "known");
        puller.sweep();
        Instant known = clock.now();
        platform.write("one", "anna", "lost");
        clock.advance(Duration.ofDays(4));
        platform.write("one", "anna", "after");

        puller.sweep();
        clock.advance(EVERY);
        puller.sweep();
        dispatchAll();

        assertEquals(List.of("known", "after"), handled);
        assertEquals(1, gaps.size());
        assertEquals("one", gaps.get(0).stream());
        assertEquals(known, gaps.get(0).from());
        assertEquals(known.plus(Duration.ofDays(1)), gaps.get(0).until());
    }

    @Test
    void sweep_exactlyAsFarAsThePlatformReaches_isNoGap() {
        puller.sweep();
        platform.write("one", "anna", "just in time");
        clock.advance(FakeKf.REACH);

        puller.sweep();
        dispatchAll();

        assertEquals(List.of("just in time"), handled);
        assertEquals(List.of(), gaps);
    }

    @Test
    void X51_cursorThatThePlatformForgot_beginsAnewAndIsToldAsAGap() {
        source.knowsItsReach = false;
        platform.write("one", "anna", "first");
        puller.sweep();
        Instant known = clock.now();
        platform.write("one", "anna", "second");
        clock.advance(EVERY);
        source.expired = true;

        puller.sweep();
        dispatchAll();

        assertEquals(List.of("first", "second"), handled);
        assertEquals(1, gaps.size());
        assertEquals(known, gaps.get(0).from());
        assertEquals(clock.now(), gaps.get(0).until());
    }

    @Test
    void X48_itemThatCannotBeRead_waitsAsideAndIsReadByABetterDecoder() {
        platform.write("one", "anna", "before");
        platform.write("one", "anna", "!new kind");
        platform.write("one", "anna", "after");
        puller.sweep();
        dispatchAll();
        assertEquals(List.of("before", "after"), handled);

        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofHours(11));
            dispatchAll();
        }
        QueueItem dead = queue.deadLetters(Optional.empty(), 9).items().get(0);
        source.understandsAll = true;
        assertTrue(queue.replay(dead.id()));
        dispatchAll();

        assertEquals(List.of("before", "after", "!new kind"), handled);
        assertEquals(List.of(), waiting());
        assertEquals(List.of(), queue.deadLetters(Optional.empty(), 9).items());
    }

    @Test
    void X52_readerThatHasOverslept_commitsNothing() {
        platform.write("one", "anna", "hello");
        boolean[] first = {true};
        Puller slow = new Puller(
                new Delayed(source, () -> {
                    if (first[0]) {
                        first[0] = false;
                        // Between its request and its commit, another node takes over and reads all.
                        clock.advance(Duration.ofMinutes(6));
                        puller.sweep();
                    }
                }),
                store,
                time,
                EVERY);

        assertThrows(IllegalStateException.class, slow::sweep);
        dispatchAll();

        assertEquals(List.of("hello"), handled);
        assertEquals(List.of(), queue.deadLetters(Optional.empty(), 9).items());
    }

    @Test
    void notification_whileSomebodyElseReads_isTriedAgainAfterwards() {
        platform.write("one", "anna", "hello");
        Lease other = store.leases()
                .acquire("pull:" + StoredWebhook.key("kf", "kf/one"), Duration.ofMinutes(1))
                .orElseThrow();
        notify("n1", "ticket");

        dispatchAll();
        assertEquals(0, platform.reads.get());
        assertEquals(0, waiting().get(0).failures());
        assertEquals(0, puller.sweep());
        other.close();
        clock.advance(Duration.ofSeconds(5));
        dispatchAll();

        assertEquals(List.of("hello"), handled);
    }

    @Test
    void X40_theSameThroughTwoNodesAtOnce_isHandledOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            platform.write("one", "c" + i % 3, "text " + i);
        }
        Puller other = new Puller(source, store, time, EVERY);
        Thread second = new Thread(other::sweep);
        second.start();
        puller.sweep();
        second.join();

        dispatchAll();

        assertEquals(20, handled.size());
        assertEquals(20, Set.copyOf(handled).size());
    }

    @Test
    void sweep_platformThatGoesInACircle_isRefused() {
        puller.sweep();
        clock.advance(EVERY);
        platform.circling = true;
        platform.reads.set(0);

        assertThrows(IllegalStateException.class, puller::sweep);

        assertEquals(1, platform.reads.get());
    }

    @Test
    void notification_ofASourceThatNobodyAdded_isPutAsideWithItsReason() {
        WebhookDispatcher bare = new WebhookDispatcher("kf", KfSource.NOTIFICATIONS, store, time);
        notify("n1", "ticket");

        for (int i = 0; i < 8; i++) {
            bare.dispatch();
            clock.advance(Duration.ofHours(11));
        }

        String reason = queue.deadLetters(Optional.empty(), 9).items().get(0).reason();
        assertTrue(reason.contains("no source kf was added"), reason);
    }

    @Test
    void pulls_sourceOfAnotherConnectionOrTwice_isRefused() {
        WebhookDispatcher other = new WebhookDispatcher("crm", store, time);

        assertThrows(IllegalArgumentException.class, () -> other.pulls(puller));
        assertThrows(IllegalArgumentException.class, () -> dispatcher.pulls(puller));
        assertThrows(IllegalArgumentException.class, () -> new Puller(source, store, time, Duration.ZERO));
    }

    private WebhookDispatcher dispatcher() {
        return new WebhookDispatcher("kf", KfSource.NOTIFICATIONS, store, time)
                .pulls(puller)
                .on(MessageReceived.class, event -> handled.add(event.text()))
                .on(GapFound.class, gaps::add);
    }

    private void notify(String id, String ticket) {
        WebhookRequest request = new WebhookRequest(
                "POST", URI.create("https://calls.test/kf"), Map.of(), Lines.utf8(id + " one " + ticket), clock.now());
        assertEquals(
                200,
                new WebhookReceiver("kf", KfSource.NOTIFICATIONS, store, time, () -> {})
                        .receive(request)
                        .status());
    }

    private void dispatchAll() {
        while (dispatcher.dispatch() > 0) {
            Thread.onSpinWait();
        }
    }

    private List<QueueItem> waiting() {
        return queue.pending(Optional.empty(), 100).items();
    }
}
