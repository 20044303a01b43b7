package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queue in sorted maps: what waits or is in work, and what was put aside. */
final class MemoryQueue implements OrderedQueue {

    private record Slot(
            QueueItem item,
            @Nullable String dedupeId,
            @Nullable Instant takenUntil) {}

    private final MemoryStore store;
    private final UndoableMap<Long, Slot> waiting;
    private final UndoableMap<Long, Slot> aside;
    private long lastId;

    MemoryQueue(MemoryStore store) {
        this.store = store;
        this.waiting = new UndoableMap<>(store, Comparator.naturalOrder());
        this.aside = new UndoableMap<>(store, Comparator.naturalOrder());
    }

    @Override
    public boolean add(String entity, byte[] payload, Instant notBefore, @Nullable String dedupeId) {
        StoreNames.key(entity);
        StoreNames.dedupeId(dedupeId);
        byte[] copy = StoreNames.value(payload);
        return store.locked(() -> {
            if (dedupeId != null && (has(waiting, dedupeId) || has(aside, dedupeId))) {
                return false;
            }
            long id = ++lastId;
            Instant now = StoreNames.kept(store.time().now());
            QueueItem item = new QueueItem(id, entity, copy, 0, 0, now, StoreNames.kept(notBefore), "");
            waiting.put(id, new Slot(item, dedupeId, null));
            return true;
        });
    }

    @Override
    public List<QueueItem> take(int most, Duration visibility) {
        return store.locked(() -> {
            List<QueueItem> taken = new ArrayList<>();
            Set<String> entities = new HashSet<>();
            Instant now = store.time().now();
            for (Iterator<Slot> slots = waiting.view().values().iterator(); slots.hasNext() && taken.size() < most; ) {
                Slot slot = slots.next();
                if (entities.add(slot.item().entity()) && free(slot, now)) {
                    taken.add(claim(slot, StoreNames.after(now, visibility)));
                }
            }
            return taken;
        });
    }

    @Override
    public boolean done(QueueItem item) {
        return store.locked(() -> owned(item) && waiting.remove(item.id()));
    }

    @Override
    public boolean extend(QueueItem item, Duration visibility) {
        return store.locked(() -> {
            Slot slot = waiting.get(item.id());
            if (slot == null || !owned(item)) {
                return false;
            }
            Instant until = store.time().now().plus(visibility);
            waiting.put(item.id(), new Slot(slot.item(), slot.dedupeId(), until));
            return true;
        });
    }

    @Override
    public boolean retry(QueueItem item, Instant notBefore, String reason) {
        return putBack(item, 1, notBefore, reason);
    }

    @Override
    public boolean postpone(QueueItem item, Instant notBefore, String reason) {
        return putBack(item, 0, notBefore, reason);
    }

    @Override
    public boolean dead(QueueItem item, String reason) {
        return store.locked(() -> {
            Slot slot = waiting.get(item.id());
            if (slot == null || !owned(item)) {
                return false;
            }
            waiting.remove(item.id());
            QueueItem last = changed(slot.item(), 1, slot.item().notBefore(), reason);
            aside.put(item.id(), new Slot(last, slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public Page<QueueItem> pending(Optional<String> cursor, int limit) {
        return store.locked(() -> page(waiting.view(), cursor, limit));
    }

    @Override
    public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
        return store.locked(() -> page(aside.view(), cursor, limit));
    }

    @Override
    public Optional<QueueItem> pending(long id) {
        return store.locked(() -> Optional.ofNullable(waiting.get(id)).map(slot -> copy(slot.item())));
    }

    @Override
    public Optional<QueueItem> deadLetter(long id) {
        return store.locked(() -> Optional.ofNullable(aside.get(id)).map(slot -> copy(slot.item())));
    }

    @Override
    public QueueCounts counts() {
        return store.locked(() -> {
            Instant now = store.time().now();
            long inWork = waiting.view().values().stream()
                    .filter(slot -> inWork(slot, now))
                    .count();
            long failing = waiting.view().values().stream()
                    .filter(slot -> !inWork(slot, now))
                    .filter(slot -> slot.takenUntil() != null || slot.item().failures() > 0)
                    .count();
            Instant oldest = waiting.view().values().stream()
                    .map(slot -> slot.item().addedAt())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            return new QueueCounts(
                    waiting.view().size(), inWork, failing, aside.view().size(), oldest);
        });
    }

    @Override
    public boolean hasten(long id) {
        return store.locked(() -> {
            Slot slot = waiting.get(id);
            Instant now = StoreNames.kept(store.time().now());
            if (slot == null
                    || slot.takenUntil() != null
                    || !slot.item().notBefore().isAfter(now)) {
                return false;
            }
            QueueItem item = changed(slot.item(), 0, now, slot.item().reason());
            waiting.put(id, new Slot(item, slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public boolean replay(long id) {
        return store.locked(() -> {
            Slot slot = aside.get(id);
            if (slot == null) {
                return false;
            }
            aside.remove(id);
            long newId = ++lastId;
            QueueItem old = slot.item();
            Instant now = StoreNames.kept(store.time().now());
            QueueItem again = new QueueItem(newId, old.entity(), old.payload(), 0, 0, old.addedAt(), now, "");
            waiting.put(newId, new Slot(again, slot.dedupeId(), null));
            return true;
        });
    }

    @Override
    public boolean drop(long id) {
        return store.locked(() -> waiting.remove(id) || aside.remove(id));
    }

    boolean holdsAnything() {
        return !waiting.view().isEmpty() || !aside.view().isEmpty();
    }

    private static boolean inWork(Slot slot, Instant now) {
        return slot.takenUntil() != null && slot.takenUntil().isAfter(now);
    }

    private static boolean has(UndoableMap<Long, Slot> slots, String dedupeId) {
        return slots.view().values().stream().anyMatch(slot -> dedupeId.equals(slot.dedupeId()));
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
                old.failures() + (slot.takenUntil() == null ? 0 : 1),
                old.addedAt(),
                old.notBefore(),
                old.reason());
        waiting.put(item.id(), new Slot(item, slot.dedupeId(), until));
        return copy(item);
    }

    /** Whoever took it last owns it: each taking counts one attempt more. */
    private boolean owned(QueueItem item) {
        Slot slot = waiting.get(item.id());
        return slot != null && slot.takenUntil() != null && slot.item().attempts() == item.attempts();
    }

    private boolean putBack(QueueItem item, int failed, Instant notBefore, String reason) {
        return store.locked(() -> {
            Slot slot = waiting.get(item.id());
            if (slot == null || !owned(item)) {
                return false;
            }
            waiting.put(item.id(), new Slot(changed(slot.item(), failed, notBefore, reason), slot.dedupeId(), null));
            return true;
        });
    }

    private static QueueItem changed(QueueItem item, int failed, Instant notBefore, String reason) {
        return new QueueItem(
                item.id(),
                item.entity(),
                item.payload(),
                item.attempts(),
                item.failures() + failed,
                item.addedAt(),
                StoreNames.kept(notBefore),
                StoreNames.reason(reason));
    }

    /** The caller's own payload: whatever is done to it, the queue's stays as it is. */
    private static QueueItem copy(QueueItem item) {
        return new QueueItem(
                item.id(),
                item.entity(),
                item.payload().clone(),
                item.attempts(),
                item.failures(),
                item.addedAt(),
                item.notBefore(),
                item.reason());
    }

    private static Page<QueueItem> page(NavigableMap<Long, Slot> slots, Optional<String> cursor, int limit) {
        StoreNames.limit(limit);
        long after = cursor.map(Long::parseLong).orElse(0L);
        List<QueueItem> items = slots.tailMap(after, false).values().stream()
                .limit(limit + 1L)
                .map(slot -> copy(slot.item()))
                .toList();
        return items.size() <= limit
                ? Page.last(items)
                : new Page<>(
                        items.subList(0, limit),
                        Long.toString(items.get(limit - 1).id()));
    }
}
