package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.event.Event;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.RecordChanged;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How stored events reach their handlers. */
@Timeout(120)
final class WebhookDispatchTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final Lines protocol = new Lines();
    private final WebhookReceiver receiver = new WebhookReceiver("chat", protocol, store, time, () -> {});
    private final WebhookDispatcher dispatcher = new WebhookDispatcher("chat", protocol, store, time);
    private final OrderedQueue queue = store.queue(StoredWebhook.queue("chat"));
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @Test
    void dispatch_severalThreads_keepTheOrderOfEachEntity() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] numbers = new int[8];
        for (int i = 0; i < 800; i++) {
            int entity = random.nextInt(8);
            receive("e" + entity + " id" + i + " " + ++numbers[entity]);
        }
        Map<String, Integer> last = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> inWork = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        CountDownLatch left = new CountDownLatch(800);
        dispatcher.on(MessageReceived.class, event -> {
            String entity = event.header().entity();
            AtomicInteger busy = inWork.computeIfAbsent(entity, key -> new AtomicInteger());
            int number = Integer.parseInt(event.text());
            if (busy.incrementAndGet() != 1 || last.getOrDefault(entity, 0) != number - 1) {
                wrong.add(entity + " " + number);
            }
            last.put(entity, number);
            busy.decrementAndGet();
            left.countDown();
        });

        try (WorkerThreads worker = dispatcher.start(4)) {
            worker.wake();
            assertTrue(left.await(60, TimeUnit.SECONDS), "seed " + seed);
        }

        assertEquals(List.of(), wrong, "seed " + seed);
        assertEquals(
                Arrays.stream(numbers).sum(),
                last.values().stream().mapToInt(i -> i).sum());
    }

    @Test
    void X36_handlerThatThrowsAnError_isTriedAgainAndTheWorkerGoesOn() throws Exception {
        List<Error> errors = new CopyOnWriteArrayList<>(
                List.of(new OutOfMemoryError("test"), new StackOverflowError(), new NoClassDefFoundError("x")));
        CountDownLatch other = new CountDownLatch(1);
        dispatcher.on(MessageReceived.class, event -> {
            if (event.header().entity().equals("a") && !errors.isEmpty()) {
                throw errors.remove(0);
            }
            handled.add(event.text());
            other.countDown();
        });
        receive("a 1 first");
        receive("b 2 second");
        try (WorkerThreads worker = dispatcher.start(1)) {
            worker.wake();
            assertTrue(other.await(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of("second"), handled);

        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofHours(1));
            dispatcher.dispatch();
        }

        assertEquals(List.of("second", "first"), handled);
        assertEquals(List.of(), waiting());
    }

    @Test
    void X42_poisonEvent_isTriedBySchedule() {
        List<Duration> pauses = new ArrayList<>();
        dispatcher.on(MessageReceived.class, event -> {
            throw new IllegalStateException("poison");
        });
        receive("a 1 x");
        for (int attempt = 1; attempt <= 8; attempt++) {
            Instant before = clock.now();
            assertEquals(1, dispatcher.dispatch(), "attempt " + attempt);
            assertEquals(0, dispatcher.dispatch());
            if (attempt < 8) {
                Duration pause = Duration.between(before, waiting().get(0).notBefore());
                pauses.add(pause);
                clock.advance(pause.minusMillis(1));
                assertEquals(0, dispatcher.dispatch());
                clock.advance(Duration.ofMillis(1));
            }
        }

        List<Integer> most = List.of(5, 300, 1_800, 7_200, 18_000, 36_000, 36_000);
        for (int i = 0; i < 7; i++) {
            assertTrue(pauses.get(i).toMillis() <= most.get(i) * 1_000L, "pause " + i + " " + pauses);
            assertTrue(pauses.get(i).toMillis() >= most.get(i) * 800L, "pause " + i + " " + pauses);
        }
        assertEquals(1, queue.deadLetters(Optional.empty(), 10).items().size());
    }

    @Test
    void X42_poisonEvent_holdsUpNobodyElse() {
        dispatcher.on(MessageReceived.class, event -> {
            if (event.text().equals("poison")) {
                throw new IllegalStateException("no");
            }
            handled.add(event.text());
        });
        receive("a 1 poison");
        for (int i = 0; i < 50; i++) {
            receive("b" + i + " id" + i + " fine");
        }
        receive("a 99 after");

        drain();
        assertEquals(50, handled.size());
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofHours(11));
            drain();
        }

        assertEquals(51, handled.size());
        assertEquals("after", handled.get(50));
    }

    @Test
    void X45_deadLetterReplayedTwice_hasOneEffect() {
        List<Boolean> broken = new CopyOnWriteArrayList<>(List.of(true));
        dispatcher.on(MessageReceived.class, event -> {
            if (!broken.isEmpty()) {
                throw new IllegalStateException("no");
            }
            handled.add(event.text());
        });
        receive("a 1 x");
        for (int i = 0; i < 8; i++) {
            dispatcher.dispatch();
            clock.advance(Duration.ofHours(11));
        }
        broken.clear();
        long dead = queue.deadLetters(Optional.empty(), 10).items().get(0).id();

        assertTrue(queue.replay(dead));
        assertFalse(queue.replay(dead));
        drain();
        assertFalse(queue.replay(dead));
        drain();

        assertEquals(List.of("x"), handled);
    }

    @Test
    void X41_olderState_neverComesAfterANewer() {
        dispatcher.on(RecordChanged.class, event -> handled.add(event.header().id()));
        for (String line : List.of("a s3 #3", "a s1 #1", "a s5 #5", "a s4 #4", "b t1 #1", "a s5b #5", "a s6 #6")) {
            receive(line);
        }
        drain();

        assertEquals(List.of("s3", "s5", "t1", "s5b", "s6"), handled);
    }

    @Test
    void X41_messageThatComesLate_isHandledAllTheSame() {
        dispatcher.on(Event.class, event -> handled.add(event.header().id()));
        receive("a s3 #3");
        receive("a m1 hello");
        clock.advance(Duration.ofDays(3));
        receive("a m2 late");
        drain();

        assertEquals(List.of("s3", "m1", "m2"), handled);
    }

    @Test
    void X43_workerThatVanishedDuringTheHandler_leavesTheEventToTheNext() {
        receive("a 1 x");
        QueueItem lost = queue.take(1, Duration.ofMinutes(5)).get(0);
        dispatcher.on(MessageReceived.class, event -> handled.add(event.header().id()));
        assertEquals(0, dispatcher.dispatch());
        clock.advance(Duration.ofMinutes(5));

        drain();

        assertEquals(List.of("1"), handled);
        assertFalse(queue.done(lost));
    }

    /** What waits behind a slow handler is not yet taken, so nobody else hands it over at the same time. */
    @Test
    void dispatch_slowHandlers_doNotMakeOthersTakeTheSameEvents() {
        WebhookDispatcher second = new WebhookDispatcher("chat", protocol, store, time);
        second.on(MessageReceived.class, event -> handled.add("second " + event.text()));
        dispatcher.on(MessageReceived.class, event -> {
            clock.advance(Duration.ofMinutes(4));
            handled.add(event.text());
            if (handled.size() == 1) {
                clock.advance(Duration.ofMinutes(20));
                while (second.dispatch() > 1) {
                    // Takes all that is free.
                }
            }
        });
        for (int i = 0; i < 5; i++) {
            receive("e" + i + " id" + i + " t" + i);
        }

        drain();

        assertEquals(1, handled.stream().filter(each -> each.endsWith("t3")).count(), handled::toString);
        assertEquals(1, handled.stream().filter(each -> each.endsWith("t4")).count(), handled::toString);
    }

    @Test
    void dispatch_severalKindsOfHandler_eachGetTheirOwn() {
        dispatcher
                .on(MessageReceived.class, event -> handled.add("message " + event.text()))
                .on(
                        RecordChanged.class,
                        event -> handled.add("record " + event.ref().id()))
                .on(Event.class, event -> handled.add("event " + event.header().id()));

        receive("a 1 hi");
        receive("b 2 #1");
        drain();

        assertEquals(List.of("message hi", "event 1", "record b", "event 2"), handled);
    }

    @Test
    void close_duringAHandler_interruptsItAndKeepsTheEvent() throws Exception {
        CountDownLatch in = new CountDownLatch(1);
        dispatcher.on(MessageReceived.class, event -> {
            in.countDown();
            new CountDownLatch(1).await();
        });
        receive("a 1 x");
        receive("b 2 x");
        WorkerThreads worker = dispatcher.start(1);
        worker.wake();
        assertTrue(in.await(20, TimeUnit.SECONDS));

        worker.close();
        worker.close();

        WebhookDispatcher next = new WebhookDispatcher("chat", protocol, store, time);
        next.on(MessageReceived.class, event -> handled.add(event.header().id()));
        clock.advance(Duration.ofMinutes(5));
        while (next.dispatch() > 0) {
            // Goes on until nothing is due.
        }
        assertEquals(List.of("1", "2"), handled.stream().sorted().toList());
    }

    @Test
    void T57_handlerThatClosesTheWorker_doesNotWaitForItself() throws Exception {
        AtomicReference<WorkerThreads> worker = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        dispatcher.on(MessageReceived.class, event -> {
            started.await();
            long before = System.nanoTime();
            worker.get().close();
            handled.add(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(4) ? "at once" : "late");
            closed.countDown();
        });
        receive("a 1 x");
        worker.set(dispatcher.start(1));
        started.countDown();

        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("at once"), handled);
    }

    @Test
    void stored_damagedOrForeign_isATypedErrorAndEndsAsDeadLetter() {
        byte[] good = StoredWebhook.called(Lines.signed("a 1 x", clock.now()))
                .with(List.of("1"))
                .bytes();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(IllegalStateException.class, () -> StoredWebhook.of(cut), "length " + length);
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                StoredWebhook.of(bytes);
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().startsWith("the stored webhook"), e::getMessage);
            }
        }
        queue.add("chat/a", new byte[] {9}, clock.now(), null);
        for (int i = 0; i < 8; i++) {
            dispatcher.dispatch();
            clock.advance(Duration.ofHours(11));
        }
        assertEquals(1, queue.deadLetters(Optional.empty(), 10).items().size(), "seed " + seed);
    }

    private void receive(String body) {
        assertEquals(200, receiver.receive(Lines.signed(body, clock.now())).status());
    }

    private List<QueueItem> waiting() {
        return queue.pending(Optional.empty(), 100).items();
    }

    private void drain() {
        while (dispatcher.dispatch() > 0) {
            // Goes on until nothing is due.
        }
    }
}
