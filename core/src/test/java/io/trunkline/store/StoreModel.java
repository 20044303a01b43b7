package io.trunkline.store;

import io.trunkline.value.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a store does, written down as plainly as possible: lists that are searched from end to end and copied whole. */
final class StoreModel implements Store {

    private record Row(QueueItem item, String queue, String dedupeId, Instant takenUntil, boolean dead) {}

    private record Holding(long token, Instant until) {}

    private final Supplier<Instant> now;
    private Map<String, Versioned> values = new HashMap<>();
    private Map<String, Holding> leases = new HashMap<>();
    private List<Row> rows = new ArrayList<>();
    private long lastId;

    StoreModel(Supplier<Instant> now) {
        this.now = now;
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        Map<String, Versioned> valuesBefore = new HashMap<>(values);
        Map<String, Holding> leasesBefore = new HashMap<>(leases);
        List<Row> rowsBefore = new ArrayList<>(rows);
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            values = valuesBefore;
            leases = leasesBefore;
            rows = rowsBefore;
            throw e;
        }
    }

    @Override
    public Values values(String space) {
        return new ModelValues(space);
    }

    @Override
    public Leases leases() {
        return (name, time) -> {
            Holding before = leases.getOrDefault(name, new Holding(0, Instant.MIN));
            if (before.until().isAfter(now.get())) {
                return Optional.empty();
            }
            leases.put(name, new Holding(before.token() + 1, now.get().plus(time)));
            return Optional.of(new ModelLease(name, before.token() + 1));
        };
    }

    @Override
    public OrderedQueue queue(String name) {
        return new ModelQueue(name);
    }

    @Override
    public List<String> queueNames() {
        return rows.stream().map(Row::queue).distinct().sorted().toList();
    }

    @Override
    public void close() {
        values.clear();
    }

    private boolean live(Versioned each) {
        return each.expires().map(until -> until.isAfter(now.get())).orElse(true);
    }

    private static int compare(String first, String second) {
        return Arrays.compareUnsigned(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Page<T> page(List<T> all, int limit, Function<T, String> cursor) {
        return all.size() <= limit
                ? Page.last(all)
                : new Page<>(all.subList(0, limit), cursor.apply(all.get(limit - 1)));
    }

    private final class ModelValues implements Values {

        private final String space;

        ModelValues(String space) {
            this.space = space;
        }

        @Override
        public Optional<Versioned> get(String key) {
            return Optional.ofNullable(values.get(space + " " + key)).filter(StoreModel.this::live);
        }

        @Override
        public boolean put(String key, byte[] value, long expected, Instant expires) {
            long version = get(key).map(Versioned::version).orElse(0L);
            if (version == expected) {
                values.put(space + " " + key, new Versioned(key, value, version + 1, expires));
            }
            return version == expected;
        }

        @Override
        public boolean delete(String key, long expected) {
            boolean deleted =
                    get(key).filter(each -> each.version() == expected).isPresent();
            if (deleted) {
                values.remove(space + " " + key);
            }
            return deleted;
        }

        @Override
        public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
            List<Versioned> all = values.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(space + " " + prefix))
                    .map(Map.Entry::getValue)
                    .filter(StoreModel.this::live)
                    .filter(each -> cursor.isEmpty() || compare(each.key(), cursor.get()) > 0)
                    .sorted((a, b) -> compare(a.key(), b.key()))
                    .toList();
            return page(all, limit, Versioned::key);
        }
    }

    private final class ModelLease implements Lease {

        private final String name;
        private final long token;

        ModelLease(String name, long token) {
            this.name = name;
            this.token = token;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean held() {
            Holding holding = leases.get(name);
            return holding != null
                    && holding.token() == token
                    && holding.until().isAfter(now.get());
        }

        @Override
        public boolean renew(Duration time) {
            return held() && leases.put(name, new Holding(token, now.get().plus(time))) != null;
        }

        @Override
        public void close() {
            if (held()) {
                leases.put(name, new Holding(token, Instant.MIN));
            }
        }
    }

    private final class ModelQueue implements OrderedQueue {

        private final String queue;

        ModelQueue(String queue) {
            this.queue = queue;
        }

        @Override
        public boolean add(String entity, byte[] payload, Instant notBefore, String dedupeId) {
            boolean there = dedupeId != null
                    && rows.stream().anyMatch(row -> row.queue().equals(queue) && dedupeId.equals(row.dedupeId()));
            if (!there) {
                QueueItem item = new QueueItem(++lastId, entity, payload, 0, 0, now.get(), notBefore, "");
                rows.add(new Row(item, queue, dedupeId, null, false));
            }
            return !there;
        }

        @Override
        public List<QueueItem> take(int most, Duration visibility) {
            List<QueueItem> taken = new ArrayList<>();
            for (Row row : List.copyOf(rows)) {
                QueueItem old = row.item();
                boolean head = mine(false)
                        .filter(each -> each.item().entity().equals(old.entity()))
                        .noneMatch(each -> each.item().id() < old.id());
                boolean due = !old.notBefore().isAfter(now.get());
                boolean free = row.takenUntil() == null || !row.takenUntil().isAfter(now.get());
                if (row.queue().equals(queue) && !row.dead() && head && due && free && taken.size() < most) {
                    QueueItem item = with(old, 1, row.takenUntil() == null ? 0 : 1, old.notBefore(), old.reason());
                    replace(row, new Row(item, queue, row.dedupeId(), now.get().plus(visibility), false));
                    taken.add(item);
                }
            }
            return taken;
        }

        @Override
        public boolean done(QueueItem item) {
            return rows.removeIf(owned(item));
        }

        @Override
        public boolean extend(QueueItem item, Duration visibility) {
            Optional<Row> row = rows.stream().filter(owned(item)).findFirst();
            row.ifPresent(old -> replace(
                    old, new Row(old.item(), queue, old.dedupeId(), now.get().plus(visibility), false)));
            return row.isPresent();
        }

        @Override
        public boolean retry(QueueItem item, Instant notBefore, String reason) {
            return back(
                    item,
                    old -> new Row(with(old.item(), 0, 1, notBefore, reason), queue, old.dedupeId(), null, false));
        }

        @Override
        public boolean postpone(QueueItem item, Instant notBefore, String reason) {
            return back(
                    item,
                    old -> new Row(with(old.item(), 0, 0, notBefore, reason), queue, old.dedupeId(), null, false));
        }

        @Override
        public boolean dead(QueueItem item, String reason) {
            return back(
                    item,
                    old -> new Row(
                            with(old.item(), 0, 1, old.item().notBefore(), reason), queue, old.dedupeId(), null, true));
        }

        @Override
        public Page<QueueItem> pending(Optional<String> cursor, int limit) {
            return listed(false, cursor, limit);
        }

        @Override
        public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
            return listed(true, cursor, limit);
        }

        @Override
        public Optional<QueueItem> pending(long id) {
            return mine(false).map(Row::item).filter(item -> item.id() == id).findFirst();
        }

        @Override
        public Optional<QueueItem> deadLetter(long id) {
            return mine(true).map(Row::item).filter(item -> item.id() == id).findFirst();
        }

        @Override
        public QueueCounts counts() {
            List<Row> pending = mine(false).toList();
            List<Row> idle = pending.stream()
                    .filter(row -> row.takenUntil() == null || !row.takenUntil().isAfter(now.get()))
                    .toList();
            long failing = idle.stream()
                    .filter(row -> row.takenUntil() != null || row.item().failures() > 0)
                    .count();
            Instant oldest = pending.stream()
                    .map(row -> row.item().addedAt())
                    .min(Instant::compareTo)
                    .orElse(null);
            int inWork = pending.size() - idle.size();
            return new QueueCounts(pending.size(), inWork, failing, mine(true).count(), oldest);
        }

        @Override
        public boolean hasten(long id) {
            Optional<Row> row = mine(false)
                    .filter(each -> each.item().id() == id && each.takenUntil() == null)
                    .filter(each -> each.item().notBefore().isAfter(now.get()))
                    .findFirst();
            row.ifPresent(old -> {
                QueueItem item = with(old.item(), 0, 0, now.get(), old.item().reason());
                replace(old, new Row(item, queue, old.dedupeId(), null, false));
            });
            return row.isPresent();
        }

        @Override
        public boolean replay(long id) {
            Optional<Row> row =
                    mine(true).filter(each -> each.item().id() == id).findFirst();
            row.ifPresent(found -> {
                rows.remove(found);
                QueueItem old = found.item();
                QueueItem item =
                        new QueueItem(++lastId, old.entity(), old.payload(), 0, 0, old.addedAt(), now.get(), "");
                rows.add(new Row(item, queue, found.dedupeId(), null, false));
            });
            return row.isPresent();
        }

        @Override
        public boolean drop(long id) {
            return rows.removeIf(row -> row.queue().equals(queue) && row.item().id() == id);
        }

        private boolean back(QueueItem item, UnaryOperator<Row> change) {
            Optional<Row> row = rows.stream().filter(owned(item)).findFirst();
            row.ifPresent(old -> replace(old, change.apply(old)));
            return row.isPresent();
        }

        private Page<QueueItem> listed(boolean dead, Optional<String> cursor, int limit) {
            long after = cursor.map(Long::parseLong).orElse(0L);
            List<QueueItem> all =
                    mine(dead).map(Row::item).filter(item -> item.id() > after).toList();
            return page(all, limit, item -> Long.toString(item.id()));
        }

        private Stream<Row> mine(boolean dead) {
            return List.copyOf(rows).stream().filter(row -> row.queue().equals(queue) && row.dead() == dead);
        }

        private Predicate<Row> owned(QueueItem item) {
            return row -> row.queue().equals(queue)
                    && !row.dead()
                    && row.takenUntil() != null
                    && row.item().id() == item.id()
                    && row.item().attempts() == item.attempts();
        }

        private void replace(Row old, Row now) {
            rows.set(rows.indexOf(old), now);
        }

        private static QueueItem with(QueueItem item, int taken, int failed, Instant notBefore, String reason) {
            return new QueueItem(
                    item.id(),
                    item.entity(),
                    item.payload(),
                    item.attempts() + taken,
                    item.failures() + failed,
                    item.addedAt(),
                    notBefore,
                    reason);
        }
    }
}
