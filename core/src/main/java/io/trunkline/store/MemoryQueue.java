package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A queue in sorted maps: what waits or is in work, and what was put aside. */
final class MemoryQueue implements OrderedQueue {

    private record Slot(
            QueueItem item,
            @Nullable String dedupeId,
            @Nullable Instant takenUntil) {}

    private final MemoryStore store;
    private final TreeMap<Long, Slot> waiting = new TreeMap<>();
    private final TreeMap<Long, Slot> aside = new TreeMap<>();
    private long lastId;

    MemoryQueue(MemoryStore store) {
        this.store = store;
    }

    @Override
    public boolean add(String entity, byte[] payload, Instant notBefore, @Nullable String dedupeId) {
        StoreNames.key(entity);
        byte[] copy = StoreNames.value(payload);
        return store.locked(() -> {
            if (dedupeId != null && (has(waiting.values(), dedupeId) || has(aside.values(), dedupeId))) {
                return false;
            }
            long id = ++lastId;
            Instant now = store.time().now();
            waiting.put(id, new Slot(new QueueItem(id, entity, copy, 0, now, notBefore, ""), dedupeId, null));
            return true;
        });
    }

    @Override
    public List<QueueItem> take(int most, Duration visibility) {
        return store.locked(() -> {
            List<QueueItem> taken = new ArrayList<>();
            Set<String> entities = new HashSet<>();
            Instant now = store.time().now();
            for (Slot slot : List.copyOf(waiting.values())) {
                boolean first = entities.add(slot.item().entity());
                if (first && free(slot, now) && taken.size() < most) {
                    taken.add(claim(slot, now.plus(visibility)));
                }
            }
            return taken;
        });
    }

    @Override
    public boolean done(QueueItem item) {
        return store.locked(() -> owned(item) && waiting.remove(item.id()) != null);
    }

    @Override
    public boolean retry(QueueItem item, Instant notBefore, String reason) {
        return store.locked(() -> {
            Slot slot = waiting.get(item.id());
            if (slot == null || !owned(item)) {
                return false;
            }
            waiting.put(item.id(), new Slot(changed(slot.item(), notBefore, reason), slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public boolean dead(QueueItem item, String reason) {
        return store.locked(() -> {
            Slot slot = waiting.get(item.id());
            if (slot == null || !owned(item)) {
                return false;
            }
            waiting.remove(item.id());
            QueueItem last = changed(slot.item(), slot.item().notBefore(), reason);
            aside.put(item.id(), new Slot(last, slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public Page<QueueItem> pending(Optional<String> cursor, int limit) {
        return store.locked(() -> page(waiting, cursor, limit));
    }

    @Override
    public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
        return store.locked(() -> page(aside, cursor, limit));
    }

    @Override
    public boolean replay(long id) {
        return store.locked(() -> {
            Slot slot = aside.remove(id);
            if (slot == null) {
                return false;
            }
            long newId = ++lastId;
            QueueItem old = slot.item();
            Instant now = store.time().now();
            QueueItem again = new QueueItem(newId, old.entity(), old.payload(), 0, old.addedAt(), now, "");
            waiting.put(newId, new Slot(again, slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public boolean drop(long id) {
        return store.locked(() -> waiting.remove(id) != null || aside.remove(id) != null);
    }

    Runnable undo() {
        TreeMap<Long, Slot> waitingBefore = new TreeMap<>(waiting);
        TreeMap<Long, Slot> asideBefore = new TreeMap<>(aside);
        return () -> {
            waiting.clear();
            waiting.putAll(waitingBefore);
            aside.clear();
            aside.putAll(asideBefore);
        };
    }

    private static boolean has(Collection<Slot> slots, String dedupeId) {
        return slots.stream().anyMatch(slot -> dedupeId.equals(slot.dedupeId()));
    }

    private static boolean free(Slot slot, Instant now) {
        Instant until = slot.takenUntil();
        return !slot.item().notBefore().isAfter(now) && (until == null || !until.isAfter(now));
    }

    private QueueItem claim(Slot slot, Instant until) {
        QueueItem old = slot.item();
        QueueItem item = new QueueItem(
                old.id(),
                old.entity(),
                old.payload(),
                old.attempts() + 1,
                old.addedAt(),
                old.notBefore(),
                old.reason());
        waiting.put(item.id(), new Slot(item, slot.dedupeId(), until));
        return item;
    }

    /** Whoever took it last owns it: each taking counts one attempt more. */
    private boolean owned(QueueItem item) {
        Slot slot = waiting.get(item.id());
        return slot != null && slot.takenUntil() != null && slot.item().attempts() == item.attempts();
    }

    private static QueueItem changed(QueueItem item, Instant notBefore, String reason) {
        return new QueueItem(
                item.id(), item.entity(), item.payload(), item.attempts(), item.addedAt(), notBefore, reason);
    }

    private static Page<QueueItem> page(NavigableMap<Long, Slot> slots, Optional<String> cursor, int limit) {
        long after = cursor.map(Long::parseLong).orElse(0L);
        List<QueueItem> items = slots.tailMap(after, false).values().stream()
                .limit(limit + 1L)
                .map(Slot::item)
                .toList();
        return items.size() <= limit
                ? Page.last(items)
                : new Page<>(
                        items.subList(0, limit),
                        Long.toString(items.get(limit - 1).id()));
    }
}
