package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every form of the store must do. */
@Timeout(120)
final class StoreContractTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final List<Store> opened = new ArrayList<>();

    private final Map<StoreForms, Store> known = new EnumMap<>(StoreForms.class);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        opened.forEach(Store::close);
    }

    private Store open(StoreForms form) {
        return known.computeIfAbsent(form, each -> {
            opened.add(each.open(time, folder));
            return opened.get(opened.size() - 1);
        });
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void put_versionThatIsNotTheNewest_changesNothing(StoreForms form) {
        Values values = open(form).values("space");

        assertTrue(values.put("k", bytes("1"), Values.ABSENT, null));
        assertFalse(values.put("k", bytes("x"), Values.ABSENT, null));
        assertTrue(values.put("k", bytes("2"), 1, null));
        assertFalse(values.put("k", bytes("x"), 1, null));
        assertFalse(values.delete("k", 1));

        Versioned now = values.get("k").orElseThrow();
        assertEquals(2, now.version());
        assertArrayEquals(bytes("2"), now.value());
        assertTrue(values.delete("k", 2));
        assertTrue(values.get("k").isEmpty());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void claim_untilItExpires_isNotGivenAgain(StoreForms form) {
        Values values = open(form).values("space");
        assertTrue(values.claim("k", bytes(""), clock.now().plusSeconds(10)));
        clock.advance(Duration.ofSeconds(9));
        assertFalse(values.claim("k", bytes(""), clock.now().plusSeconds(10)));
        clock.advance(Duration.ofSeconds(1));

        assertTrue(values.get("k").isEmpty());
        assertTrue(values.claim("k", bytes(""), clock.now().plusSeconds(10)));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void claim_ofManyThreads_isGivenToOne(StoreForms form) throws Exception {
        Store store = open(form);
        List<Callable<Boolean>> rivals = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            rivals.add(() ->
                    store.values("space").claim("k", bytes(""), clock.now().plusSeconds(10)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        int won = 0;
        try {
            for (Future<Boolean> rival : threads.invokeAll(rivals)) {
                won += rival.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(1, won);
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void list_prefixAndCursor_giveEachKeyOnceInOrder(StoreForms form) {
        Values values = open(form).values("space");
        for (String key : List.of("a", "b1", "b3", "b2", "b%", "c")) {
            assertTrue(values.put(key, bytes(key), Values.ABSENT, null));
        }
        List<String> keys = new ArrayList<>();
        int pages = 0;
        Optional<String> cursor = Optional.empty();
        do {
            var page = values.list("b", cursor, 2);
            page.items().forEach(item -> keys.add(item.key()));
            cursor = page.next();
            pages++;
        } while (cursor.isPresent());

        List<String> ordered = keys.stream().sorted().toList();
        assertEquals(List.of("b%", "b1", "b2", "b3"), form.listsInOrder() ? keys : ordered);
        assertTrue(pages >= 2, "pages " + pages);
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void lease_heldThenExpired_passesOnWithAHigherToken(StoreForms form) {
        Leases leases = open(form).leases();
        Lease first = leases.acquire("job", Duration.ofSeconds(30)).orElseThrow();
        assertTrue(leases.acquire("job", Duration.ofSeconds(30)).isEmpty());
        clock.advance(Duration.ofSeconds(20));
        assertTrue(first.renew(Duration.ofSeconds(30)));
        clock.advance(Duration.ofSeconds(31));

        Lease second = leases.acquire("job", Duration.ofSeconds(30)).orElseThrow();

        assertTrue(second.token() > first.token());
        assertFalse(first.held());
        assertFalse(first.renew(Duration.ofSeconds(30)));
        first.close();
        assertTrue(second.held());
        second.close();
        assertTrue(leases.acquire("job", Duration.ofSeconds(1)).isPresent());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_oneEntity_givesOneAtATimeInOrder(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        add(queue, "a", "a1");
        add(queue, "a", "a2");
        add(queue, "b", "b1");

        List<QueueItem> first = queue.take(10, Duration.ofMinutes(1));
        assertEquals(List.of("a1", "b1"), texts(first));
        assertEquals(List.of(), queue.take(10, Duration.ofMinutes(1)));
        assertTrue(queue.retry(first.get(0), clock.now().plusSeconds(5), "later"));
        assertTrue(queue.done(first.get(1)));
        assertEquals(List.of(), queue.take(10, Duration.ofMinutes(1)));
        clock.advance(Duration.ofSeconds(5));

        QueueItem again = queue.take(10, Duration.ofMinutes(1)).get(0);
        assertEquals(2, again.attempts());
        assertTrue(queue.done(again));
        assertEquals(List.of("a2"), texts(queue.take(10, Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_workerThatVanished_losesItsItemToTheNext(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        add(queue, "a", "a1");
        QueueItem lost = queue.take(1, Duration.ofMinutes(1)).get(0);
        clock.advance(Duration.ofMinutes(1));

        QueueItem taken = queue.take(1, Duration.ofMinutes(1)).get(0);

        assertFalse(queue.done(lost));
        assertTrue(queue.done(taken));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_deadLetter_isReplayedOnceOrDropped(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        add(queue, "a", "a1");
        assertTrue(queue.dead(queue.take(1, Duration.ofMinutes(1)).get(0), "bad"));

        QueueItem dead = queue.deadLetters(Optional.empty(), 10).items().get(0);
        assertEquals("bad", dead.reason());
        assertTrue(queue.replay(dead.id()));
        assertFalse(queue.replay(dead.id()));
        QueueItem again = queue.take(1, Duration.ofMinutes(1)).get(0);
        assertEquals(1, again.attempts());
        assertTrue(queue.drop(again.id()));
        assertFalse(queue.done(again));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_itemsInEveryState_areCountedAndFound(StoreForms form) {
        Store store = open(form);
        OrderedQueue queue = store.queue("work");
        for (String entity : List.of("dead", "done", "failing", "lost", "taken", "waiting")) {
            add(queue, entity, entity);
            clock.advance(Duration.ofSeconds(1));
        }
        List<QueueItem> taken = queue.take(4, Duration.ofSeconds(5));
        assertTrue(queue.dead(taken.get(0), "bad"));
        assertTrue(queue.done(taken.get(1)));
        assertTrue(queue.retry(taken.get(2), clock.now().plusSeconds(100), "no"));
        clock.advance(Duration.ofSeconds(5));
        assertEquals(1, queue.take(1, Duration.ofSeconds(1)).size());
        clock.advance(Duration.ofSeconds(1));
        assertEquals("lost", queue.take(1, Duration.ofSeconds(5)).get(0).entity());
        add(store.queue("another"), "a", "a");
        add(store.queue("emptied"), "a", "a");
        assertTrue(store.queue("emptied")
                .done(store.queue("emptied").take(1, Duration.ofSeconds(1)).get(0)));

        QueueCounts counts = queue.counts();

        long oldest = taken.get(2).addedAt().toEpochMilli();
        assertEquals(new QueueCounts(4, 1, 1, 1, Instant.ofEpochMilli(oldest)), counts);
        assertEquals(List.of("another", "work"), store.queueNames());
        assertEquals(new QueueCounts(0, 0, 0, 0, null), store.queue("emptied").counts());
        assertEquals("bad", queue.deadLetter(taken.get(0).id()).orElseThrow().reason());
        assertEquals("no", queue.pending(taken.get(2).id()).orElseThrow().reason());
        assertTrue(queue.pending(taken.get(0).id()).isEmpty());
        assertTrue(queue.deadLetter(taken.get(1).id()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_hastened_isTakenAtOnceAndInOrder(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        add(queue, "a", "a1");
        add(queue, "a", "a2");
        QueueItem failed = queue.take(1, Duration.ofMinutes(1)).get(0);
        assertFalse(queue.hasten(failed.id()));
        assertTrue(queue.retry(failed, clock.now().plusSeconds(3600), "no"));
        assertEquals(List.of(), queue.take(10, Duration.ofMinutes(1)));

        assertTrue(queue.hasten(failed.id()));
        assertFalse(queue.hasten(failed.id()));

        QueueItem again = queue.take(10, Duration.ofMinutes(1)).get(0);
        assertEquals(List.of("a1", 1, 2), List.of(texts(List.of(again)).get(0), again.failures(), again.attempts()));
        assertTrue(queue.dead(again, "bad"));
        assertFalse(queue.hasten(again.id()));
        assertFalse(queue.hasten(99));
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void queue_sameDedupeId_isAddedOnceWhileItIsThere(StoreForms form) {
        OrderedQueue queue = open(form).queue("work");
        assertTrue(queue.add("a", bytes("1"), clock.now(), "id"));
        assertFalse(queue.add("a", bytes("2"), clock.now(), "id"));
        assertTrue(open(form).queue("other").add("a", bytes("2"), clock.now(), "id"));

        assertEquals(1, queue.pending(Optional.empty(), 10).items().size());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void atomically_workThatFails_leavesNothing(StoreForms form) {
        Store store = open(form);
        assertThrows(
                IllegalStateException.class,
                () -> store.atomically(inside -> {
                    inside.values("space").put("k", bytes("1"), Values.ABSENT, null);
                    add(inside.queue("work"), "a", "a1");
                    inside.leases().acquire("job", Duration.ofMinutes(1));
                    throw new IllegalStateException("no");
                }));

        assertTrue(store.values("space").get("k").isEmpty());
        assertTrue(store.queue("work").pending(Optional.empty(), 1).items().isEmpty());
        assertTrue(store.leases().acquire("job", Duration.ofMinutes(1)).isPresent());
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void take_manyWorkers_giveNoItemTwice(StoreForms form) throws Exception {
        Store store = open(form);
        for (int i = 0; i < 200; i++) {
            add(store.queue("work"), "entity" + i % 20, "item" + i);
        }
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(() -> work(store.queue("work"), seen));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int handled = 0;
        try {
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                handled += worker.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(200, handled);
        assertEquals(200, seen.size());
    }

    private static int work(OrderedQueue queue, Set<Long> seen) {
        int handled = 0;
        while (!queue.pending(Optional.empty(), 1).items().isEmpty()) {
            for (QueueItem item : queue.take(5, Duration.ofMinutes(5))) {
                assertTrue(seen.add(item.id()));
                assertTrue(queue.done(item));
                handled++;
            }
        }
        return handled;
    }

    private void add(OrderedQueue queue, String entity, String text) {
        assertTrue(queue.add(entity, bytes(text), clock.now(), null));
    }

    private static List<String> texts(List<QueueItem> items) {
        return items.stream()
                .flatMap(item -> Stream.of(new String(item.payload(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
