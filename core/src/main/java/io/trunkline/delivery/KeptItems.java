package io.trunkline.delivery;

import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import java.time.Duration;
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

    void taken(QueueItem item) {
        items.put(item.id(), item);
    }

    void released(QueueItem item) {
        items.remove(item.id(), item);
    }

    /** What was taken over meanwhile is let go; its end will not count. */
    void keep() {
        items.values().stream()
                .filter(item -> !queue.extend(item, visibility))
                .forEach(item -> items.remove(item.id(), item));
    }
}
