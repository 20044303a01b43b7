package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.VirtualClock;
import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Steps that are taken on a store and on its model alike. Their ids may differ, so each item is known by what it pairs. */
final class StoreRound {

    private static final List<String> KEYS =
            List.of("a", "ab", "b", "B", "%", "_", "\u00e9", "\uff5e", "\ud83d\ude00", "a b", "'; --", "x".repeat(512));

    /** A failure that a transaction is meant to end in. */
    private static final class Undo extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Pair<T>(T ofModel, T ofStore) {}

    private final VirtualClock clock;
    private final Random random;
    private final boolean inOrder;
    private final String name;
    private final List<Pair<QueueItem>> taken = new ArrayList<>();
    private final List<Pair<Lease>> held = new ArrayList<>();
    private Store model;
    private Store store;
    private int transactions;

    StoreRound(Store store, Store model, VirtualClock clock, Random random, boolean inOrder) {
        this.store = store;
        this.model = model;
        this.clock = clock;
        this.random = random;
        this.inOrder = inOrder;
        this.name = "r" + Long.toHexString(random.nextLong());
    }

    void step() {
        int kind = random.nextInt(12);
        if (kind < 4) {
            value();
        } else if (kind < 9) {
            queued();
        } else if (kind == 9) {
            leased();
        } else if (kind == 10) {
            clock.advance(Duration.ofMillis(random.nextInt(3) * 7_500L));
        } else {
            transaction();
        }
    }

    /** Several steps in one transaction, of which some fail and some hold others. */
    private void transaction() {
        boolean fails = random.nextBoolean();
        int steps = 1 + random.nextInt(4);
        Store outerModel = model;
        Store outerStore = store;
        int before = held.size();
        int takenBefore = taken.size();
        transactions++;
        try {
            outerModel.atomically(insideModel -> outerStore.atomically(insideStore -> {
                model = insideModel;
                store = insideStore;
                for (int i = 0; i < steps; i++) {
                    step();
                }
                if (fails) {
                    throw new Undo();
                }
                return true;
            }));
        } catch (Undo e) {
            assertEquals(true, fails);
            // What was taken was never there; its id may be given to another.
            taken.subList(takenBefore, taken.size()).clear();
        } finally {
            transactions--;
            model = outerModel;
            store = outerStore;
            // A lease of a transaction works on its connection, which is not to be used afterwards.
            held.subList(before, held.size()).clear();
        }
    }

    private void value() {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        byte[] value = {(byte) random.nextInt()};
        long version = random.nextInt(4);
        Instant expires = random.nextBoolean() ? null : clock.now().plusSeconds(random.nextInt(20));
        String prefix = random.nextBoolean() ? "" : key.substring(0, key.offsetByCodePoints(0, 1));
        Optional<String> cursor = random.nextBoolean() ? Optional.empty() : Optional.of(KEYS.get(random.nextInt(12)));
        int limit = 1 + random.nextInt(5);
        switch (random.nextInt(5)) {
            case 0 -> same(each -> shown(each.values(name).get(key).stream().toList()));
            case 1 -> same(each -> each.values(name).put(key, value, version, expires));
            case 2 ->
                same(each -> each.values(name).claim(key, value, clock.now().plusSeconds(5)));
            case 3 -> same(each -> each.values(name).delete(key, version));
            default -> same(each -> inOrder ? page(each, prefix, cursor, limit) : listed(each, prefix, limit));
        }
    }

    private String page(Store each, String prefix, Optional<String> cursor, int limit) {
        Page<Versioned> page = each.values(name).list(prefix, cursor, limit);
        return shown(page.items()) + page.next();
    }

    /** All pages, sorted: where the order is the store's own affair. */
    private String listed(Store each, String prefix, int limit) {
        List<Versioned> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Versioned> page = each.values(name).list(prefix, cursor, limit);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return shown(all.stream().sorted(Comparator.comparing(Versioned::key)).toList());
    }

    private void queued() {
        switch (random.nextInt(11)) {
            case 0, 1 -> add();
            case 2 -> take();
            case 3 -> ended((queue, item) -> queue.done(item));
            case 4 -> {
                Instant when = clock.now().plusSeconds(random.nextInt(10));
                ended((queue, item) -> queue.retry(item, when, "again"));
            }
            case 5 -> ended((queue, item) -> queue.dead(item, "bad\0"));
            case 6 -> {
                Duration longer = Duration.ofSeconds(random.nextInt(10));
                ended((queue, item) -> queue.extend(item, longer));
            }
            case 7 -> {
                Instant when = clock.now().plusSeconds(random.nextInt(10));
                ended((queue, item) -> queue.postpone(item, when, "later"));
            }
            case 8 -> same(each -> each.queue(name).counts());
            default -> byId();
        }
    }

    private void add() {
        String entity = "e" + random.nextInt(4);
        byte[] payload = {(byte) random.nextInt()};
        Instant when = clock.now().plusSeconds(random.nextInt(3) - 1L);
        String dedupeId = random.nextBoolean() ? null : "d" + random.nextInt(6);
        same(each -> each.queue(name).add(entity, payload, when, dedupeId));
    }

    private void take() {
        int most = 1 + random.nextInt(3);
        Duration visibility = Duration.ofSeconds(random.nextInt(15));
        List<QueueItem> ofModel = model.queue(name).take(most, visibility);
        List<QueueItem> ofStore = store.queue(name).take(most, visibility);
        assertEquals(items(ofModel), items(ofStore));
        for (int i = 0; i < ofModel.size(); i++) {
            taken.add(new Pair<>(ofModel.get(i), ofStore.get(i)));
            ofStore.get(i).payload()[0]++;
        }
    }

    /** What is done with an item that was taken. */
    private interface End {
        boolean with(OrderedQueue queue, QueueItem item);
    }

    private void ended(End end) {
        if (!taken.isEmpty()) {
            Pair<QueueItem> pair = taken.get(random.nextInt(taken.size()));
            assertEquals(end.with(model.queue(name), pair.ofModel()), end.with(store.queue(name), pair.ofStore()));
        }
    }

    private void byId() {
        boolean dead = random.nextInt(4) > 0;
        int action = random.nextInt(4);
        List<QueueItem> ofModel = all(model, dead);
        List<QueueItem> ofStore = all(store, dead);
        assertEquals(items(ofModel), items(ofStore));
        if (!ofModel.isEmpty()) {
            int at = random.nextInt(ofModel.size());
            boolean once = acted(model.queue(name), ofModel.get(at).id(), action);
            assertEquals(once, acted(store.queue(name), ofStore.get(at).id(), action));
        }
    }

    private static boolean acted(OrderedQueue queue, long id, int action) {
        return switch (action) {
            case 0 -> queue.drop(id) && !queue.drop(id);
            case 1 -> queue.hasten(id) && !queue.hasten(id);
            default -> queue.replay(id) && !queue.replay(id);
        };
    }

    private void leased() {
        String lease = name + random.nextInt(2);
        Duration time = Duration.ofSeconds(random.nextInt(20));
        if (held.isEmpty() || random.nextBoolean()) {
            Optional<Lease> ofModel = model.leases().acquire(lease, time);
            Optional<Lease> ofStore = store.leases().acquire(lease, time);
            assertEquals(ofModel.map(Lease::token), ofStore.map(Lease::token));
            ofModel.ifPresent(each -> held.add(new Pair<>(each, ofStore.get())));
        } else if (transactions == 0) {
            Pair<Lease> pair = held.get(random.nextInt(held.size()));
            used(pair, time);
        }
    }

    private void used(Pair<Lease> pair, Duration time) {
        switch (random.nextInt(3)) {
            case 0 -> assertEquals(pair.ofModel().held(), pair.ofStore().held());
            case 1 -> assertEquals(pair.ofModel().renew(time), pair.ofStore().renew(time));
            default -> {
                pair.ofModel().close();
                pair.ofStore().close();
            }
        }
    }

    private void same(Function<Store, Object> operation) {
        assertEquals(operation.apply(model), operation.apply(store));
    }

    String wholeOfModel() {
        return whole(model);
    }

    String wholeOfStore() {
        return whole(store);
    }

    private String whole(Store each) {
        return listed(each, "", 1_000)
                + items(all(each, false))
                + items(all(each, true))
                + each.queue(name).counts()
                + each.queueNames().contains(name);
    }

    private List<QueueItem> all(Store each, boolean dead) {
        List<QueueItem> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<QueueItem> page = dead
                    ? each.queue(name).deadLetters(cursor, 3)
                    : each.queue(name).pending(cursor, 3);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static String shown(List<Versioned> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                each -> text.append(each).append(Arrays.toString(each.value())).append(each.expires()));
        return text.toString();
    }

    private static String items(List<QueueItem> items) {
        StringBuilder text = new StringBuilder();
        for (QueueItem each : items) {
            text.append(List.of(
                    each.entity(),
                    Arrays.toString(each.payload()),
                    each.attempts(),
                    each.failures(),
                    each.addedAt(),
                    each.notBefore(),
                    each.reason().replace('\0', '?')));
        }
        return text.toString();
    }
}
