package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What many threads may rely on. */
@Timeout(180)
final class StoreThreadsTest {

    private static final int THREADS = 8;

    private final VirtualClock clock = VirtualClock.single();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @TempDir
    private Path folder;

    private Store store;

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    private void open(StoreForms form) {
        store = form.open(Clocks.of(clock), folder);
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void counter_raisedByCompareAndSet_losesNoStep(StoreForms form) throws Exception {
        open(form);
        Values values = store.values("space");
        values.put("n", ByteBuffer.allocate(8).array(), Values.ABSENT, null);

        together(thread -> {
            for (int i = 0; i < 25; ) {
                Versioned before = values.get("n").orElseThrow();
                byte[] next = ByteBuffer.allocate(8)
                        .putLong(ByteBuffer.wrap(before.value()).getLong() + 1)
                        .array();
                i += values.put("n", next, before.version(), null) ? 1 : 0;
            }
        });

        Versioned last = values.get("n").orElseThrow();
        assertEquals(25L * THREADS, ByteBuffer.wrap(last.value()).getLong());
        assertEquals(25L * THREADS + 1, last.version());
    }

    /** Money moves between accounts, and half of the movements fail in the middle: the sum is the same at any time. */
    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void transactions_halfOfWhichFail_areSeenWholeOrNotAtAll(StoreForms form) throws Exception {
        open(form);
        for (String account : List.of("a", "b", "c")) {
            store.values("space").put(account, new byte[] {100}, Values.ABSENT, null);
        }
        List<String> wrong = new CopyOnWriteArrayList<>();

        together(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 40; i++) {
                // In one order always, so that no two wait for one another.
                boolean fails = random.nextBoolean();
                try {
                    store.atomically(inside -> moved(inside.values("space"), fails));
                } catch (IllegalStateException e) {
                    assertEquals("no", e.getMessage());
                }
                int sum = store.values("space").list("", Optional.empty(), 9).items().stream()
                        .mapToInt(each -> each.value()[0])
                        .sum();
                // In bytes, which wrap around.
                if ((byte) sum != (byte) 300) {
                    wrong.add("sum " + sum);
                }
            }
        });

        assertEquals(List.of(), wrong);
    }

    private static boolean moved(Values values, boolean fails) {
        Versioned from = values.get("a").orElseThrow();
        Versioned to = values.get("b").orElseThrow();
        boolean taken = values.put("a", new byte[] {(byte) (from.value()[0] - 1)}, from.version(), null);
        if (!taken || fails || !values.put("b", new byte[] {(byte) (to.value()[0] + 1)}, to.version(), null)) {
            throw new IllegalStateException("no");
        }
        return true;
    }

    /** Whoever overslept is told so before it does harm: tokens only rise, and a late one is refused. */
    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void X52_leaseOfManyThreads_hasOneHolderWhoseTokenIsTheHighest(StoreForms form) throws Exception {
        open(form);
        AtomicLong highest = new AtomicLong();
        AtomicInteger accepted = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();

        together(thread -> {
            Random random = new Random(thread);
            // Not so many tries: while whoever holds it is kept from running, others would use all of theirs up.
            while (accepted.get() < 40) {
                Optional<Lease> lease = store.leases().acquire("job", Duration.ofSeconds(10));
                if (lease.isPresent()) {
                    long token = lease.get().token();
                    long before = highest.getAndAccumulate(token, Math::max);
                    accepted.incrementAndGet();
                    if (token <= before) {
                        wrong.add("token " + token + " after " + before);
                    }
                    if (random.nextBoolean()) {
                        lease.get().close();
                    } else {
                        clock.advance(Duration.ofSeconds(11));
                    }
                }
            }
        });

        assertEquals(List.of(), wrong);
        assertEquals(accepted.get(), highest.get());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_addedAndTakenAtOnce_keepsOneInWorkAnEntityAndItsOrder(StoreForms form) throws Exception {
        open(form);
        int each = 15;
        Map<String, AtomicInteger> inWork = new ConcurrentHashMap<>();
        Map<String, Integer> last = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        AtomicInteger done = new AtomicInteger();

        together(thread -> {
            OrderedQueue queue = store.queue("work");
            if (thread % 2 == 0) {
                for (int i = 0; i < each; i++) {
                    byte[] payload = {(byte) i};
                    String entity = "e" + thread;
                    store.atomically(inside -> inside.queue("work").add(entity, payload, clock.now(), null));
                }
            }
            while (done.get() < each * THREADS / 2) {
                for (QueueItem item : queue.take(2, Duration.ofMinutes(1))) {
                    AtomicInteger busy = inWork.computeIfAbsent(item.entity(), key -> new AtomicInteger());
                    if (busy.incrementAndGet() != 1 || last.getOrDefault(item.entity(), -1) != item.payload()[0] - 1) {
                        wrong.add(item.entity() + " " + item.payload()[0]);
                    }
                    last.put(item.entity(), (int) item.payload()[0]);
                    busy.decrementAndGet();
                    assertTrue(queue.done(item));
                    done.incrementAndGet();
                }
            }
        });

        assertEquals(List.of(), wrong);
        assertEquals(List.of(), store.queue("work").pending(Optional.empty(), 1).items());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void X45_deadLetterReplayedByMany_comesBackOnce(StoreForms form) throws Exception {
        open(form);
        OrderedQueue queue = store.queue("work");
        queue.add("e", new byte[0], clock.now(), null);
        queue.dead(queue.take(1, Duration.ofMinutes(1)).get(0), "bad");
        long id = queue.deadLetters(Optional.empty(), 1).items().get(0).id();
        AtomicInteger replayed = new AtomicInteger();

        together(thread -> replayed.addAndGet(queue.replay(id) ? 1 : 0));

        assertEquals(1, replayed.get());
        assertEquals(1, queue.pending(Optional.empty(), 9).items().size());
        assertEquals(List.of(), queue.deadLetters(Optional.empty(), 9).items());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_sameDedupeIdOfMany_isAddedOnce(StoreForms form) throws Exception {
        open(form);
        AtomicInteger added = new AtomicInteger();

        together(thread ->
                added.addAndGet(store.queue("work").add("e" + thread, new byte[0], clock.now(), "once") ? 1 : 0));

        assertEquals(1, added.get());
    }

    /** A piece of work of each of the threads. */
    private interface Part {
        void run(int thread) throws Exception;
    }

    private void together(Part part) throws Exception {
        List<Callable<Boolean>> parts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            parts.add(() -> {
                part.run(thread);
                return true;
            });
        }
        for (Future<Boolean> each : threads.invokeAll(parts)) {
            each.get();
        }
    }
}
