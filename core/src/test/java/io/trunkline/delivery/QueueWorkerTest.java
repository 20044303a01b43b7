package io.trunkline.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class QueueWorkerTest {

    private static final String QUEUE = "test";

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final OrderedQueue queue = store.queue(QUEUE);
    private final List<String> done = new ArrayList<>();

    @Test
    void work_itemsOfOneEntity_areDoneInOrderAndGone() {
        add("a", "1");
        add("a", "2");
        add("b", "3");
        QueueWorker worker = worker(item -> noted(item));

        assertEquals(3, worker.work());
        assertEquals(0, worker.work());

        assertEquals(List.of("1", "2", "3"), done);
        assertEquals(0, pending());
    }

    @Test
    void work_itemThatFails_comesBackAfterItsPauseAndHoldsUpItsEntityAlone() {
        add("a", "bad");
        add("a", "2");
        add("b", "3");
        AtomicInteger failures = new AtomicInteger();
        QueueWorker worker = worker(item -> {
            if (text(item).equals("bad") && failures.incrementAndGet() == 1) {
                throw new IllegalStateException("down");
            }
            return noted(item);
        });

        drain(worker);
        assertEquals(List.of("3"), done);
        clock.advance(Duration.ofSeconds(7));
        drain(worker);

        assertEquals(List.of("3", "bad", "2"), done);
    }

    @Test
    void work_itemThatAlwaysFails_isPutAsideAfterEightTriesWithItsReason() {
        add("a", "bad");
        add("a", "2");
        AtomicInteger tries = new AtomicInteger();
        QueueWorker worker = worker(item -> {
            if (text(item).equals("bad")) {
                tries.incrementAndGet();
                throw new IllegalStateException("no such customer, call +14155550100");
            }
            return noted(item);
        });

        for (int hours = 0; hours < 40; hours++) {
            drain(worker);
            clock.advance(Duration.ofHours(1));
        }

        QueueItem aside = queue.deadLetters(Optional.empty(), 10).items().get(0);
        assertEquals(8, tries.get());
        assertEquals(8, aside.failures());
        assertTrue(aside.reason().contains("no such customer"), aside.reason());
        assertFalse(aside.reason().contains("4155550100"), aside.reason());
        assertEquals(List.of("2"), done);
    }

    @Test
    void work_itemThatMustWait_isNotCountedAsFailed() {
        add("a", "1");
        AtomicInteger tries = new AtomicInteger();
        QueueWorker worker = worker(item -> {
            if (tries.incrementAndGet() <= 20) {
                throw new LaterException(time.now().plusSeconds(60), "the platform is down");
            }
            return noted(item);
        });

        for (int i = 0; i <= 20; i++) {
            drain(worker);
            clock.advance(Duration.ofSeconds(60));
        }

        assertEquals(List.of("1"), done);
    }

    @Test
    void work_itemThatIsHopeless_isPutAsideAtOnce() {
        add("a", "1");

        drain(worker(item -> {
            throw new AsideException("the platform refuses it");
        }));

        assertEquals(1, queue.deadLetters(Optional.empty(), 10).items().size());
    }

    @Test
    void work_errorOfADelivery_doesNotEndTheWorker() {
        add("a", "1");
        AtomicInteger tries = new AtomicInteger();
        QueueWorker worker = worker(item -> {
            if (tries.incrementAndGet() == 1) {
                throw new StackOverflowError("deep");
            }
            return noted(item);
        });

        drain(worker);
        clock.advance(Duration.ofSeconds(7));
        drain(worker);

        assertEquals(List.of("1"), done);
    }

    @Test
    void completion_thatFails_undoesItsChangesAndKeepsTheItem() {
        add("a", "1");

        drain(worker(item -> inside -> {
            inside.values("effects").claim("k", new byte[0], time.now().plusSeconds(1000));
            throw new java.io.IOException("after the effect");
        }));

        assertTrue(store.values("effects").get("k").isEmpty());
        assertEquals(1, pending());
    }

    @Test
    void completion_ofAnItemThatSomebodyTookOver_changesNothing() {
        add("a", "1");

        worker(item -> {
                    clock.advance(Duration.ofMinutes(6));
                    assertEquals(1, queue.take(1, Duration.ofMinutes(5)).size());
                    return inside -> inside.values("effects")
                            .claim("k", new byte[0], time.now().plusSeconds(1000));
                })
                .work();

        assertTrue(store.values("effects").get("k").isEmpty());
        assertEquals(1, pending());
    }

    @Test
    void X42_itemThatEndsItsProcessEachTime_isPutAsideAndTheNextIsDone() {
        add("a", "ends the process");
        add("a", "2");
        for (int process = 0; process < 9; process++) {
            assertEquals(
                    "ends the process",
                    text(queue.take(1, Duration.ofMinutes(5)).get(0)));
            clock.advance(Duration.ofMinutes(6));
        }

        drain(worker(this::noted));

        assertEquals(List.of("2"), done);
        QueueItem aside = queue.deadLetters(Optional.empty(), 10).items().get(0);
        assertTrue(aside.reason().contains("never ended"), aside.reason());
    }

    @Test
    void aside_itemThatIsPutAside_isToldInTheTransactionThatDoesIt() {
        add("a", "1");
        boolean[] full = {true};
        Delivery hopeless = new Delivery() {
            @Override
            public Completion deliver(QueueItem item) throws Exception {
                throw new AsideException("hopeless");
            }

            @Override
            public void aside(QueueItem item, String reason, Store inside) {
                inside.values("noted").claim(text(item), new byte[0], time.now().plusSeconds(1000));
                if (full[0]) {
                    throw new IllegalStateException("disk full");
                }
            }
        };

        assertThrows(IllegalStateException.class, () -> worker(hopeless).work());
        assertEquals(1, pending());
        assertTrue(store.values("noted").get("1").isEmpty());
        full[0] = false;
        clock.advance(Duration.ofMinutes(6));
        drain(worker(hopeless));

        assertEquals(0, pending());
        assertTrue(store.values("noted").get("1").isPresent());
    }

    @Test
    void keepItems_longWork_isNotTakenOver() {
        add("a", "1");
        List<QueueWorker> workers = new ArrayList<>();
        workers.add(worker(item -> {
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofMinutes(4));
                workers.get(0).keepItems();
                assertEquals(0, queue.take(1, Duration.ofMinutes(5)).size());
            }
            return noted(item);
        }));

        workers.get(0).work();

        assertEquals(List.of("1"), done);
        assertEquals(0, pending());
    }

    @Test
    void threads_itemsOfManyEntities_areAllDoneAndCloseEndsThem() throws Exception {
        CountDownLatch left = new CountDownLatch(200);
        try (WorkerThreads threads =
                WorkerThreads.start(worker(item -> inside -> left.countDown()), "test-worker", 4)) {
            for (int i = 0; i < 200; i++) {
                add("e" + i % 50, "x");
                threads.wake();
            }
            assertTrue(left.await(30, TimeUnit.SECONDS));
        }

        assertEquals(0, pending());
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("test-worker")));
    }

    @Test
    void redelivery_standard_lastsADayAndSpreads() {
        Redelivery standard = Redelivery.standard();
        Duration least = Duration.ZERO;
        for (int tries = 1; standard.after(tries, 1).isPresent(); tries++) {
            Duration pause = standard.pauses().get(tries - 1);
            Set<Duration> given = new HashSet<>();
            for (long item = 1; item <= 100; item++) {
                given.add(standard.after(tries, item).orElseThrow());
                assertEquals(standard.after(tries, item), standard.after(tries, item), "always as long");
            }
            assertTrue(given.size() > 50, "all come back at once: " + given);
            assertTrue(given.stream()
                    .allMatch(one -> one.compareTo(pause) <= 0 && one.toMillis() >= pause.toMillis() * 0.8));
            least = least.plus(pause);
        }

        assertEquals(Duration.ofSeconds(27 * 3600 + 35 * 60 + 5), least);
    }

    private QueueWorker worker(Delivery delivery) {
        return new QueueWorker(store, QUEUE, delivery, Redelivery.standard(), time);
    }

    private Completion noted(QueueItem item) {
        return inside -> done.add(text(item));
    }

    private void add(String entity, String text) {
        queue.add(entity, text.getBytes(StandardCharsets.UTF_8), time.now(), null);
    }

    private int pending() {
        return queue.pending(Optional.empty(), 100).items().size();
    }

    private static void drain(QueueWorker worker) {
        int looked = 1;
        while (looked > 0) {
            looked = worker.work();
        }
    }

    private static String text(QueueItem item) {
        return new String(item.payload(), StandardCharsets.UTF_8);
    }
}
