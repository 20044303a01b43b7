package io.trunkline.delivery;

import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The items that this process has in work, held on to so that nobody else takes them over. Thread-safe. */
final class KeptItems {

    private final OrderedQueue queue;
    private final Duration visibility;
    private final Map<Long, QueueItem> items = new ConcurrentHashMap<>();

    KeptItems(OrderedQueue queue, Duration visibility) {
        this.queue = queue;
        this.visibility = visibility;
    }

    void taken(List<QueueItem> taken) {
        taken.forEach(item -> items.put(item.id(), item));
    }

    void released(List<QueueItem> done) {
        done.forEach(item -> items.remove(item.id(), item));
    }

    boolean holds(QueueItem item) {
        return items.containsKey(item.id());
    }

    /** What was taken over meanwhile is let go, so that work on it does not begin. */
    void keep() {
        items.values().stream()
                .filter(item -> !queue.extend(item, visibility))
                .forEach(item -> items.remove(item.id(), item));
    }
}
