package io.trunkline.proofs;

import io.trunkline.store.QueueItem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who has taken which item last, and what became of the ends that others wanted to commit. Thread-safe. */
final class Fences {

    final AtomicInteger takenOver = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger staleAccepted = new AtomicInteger();
    private final Map<Long, Integer> newest = new ConcurrentHashMap<>();

    void taken(List<QueueItem> items) {
        for (QueueItem item : items) {
            newest.merge(item.id(), item.attempts(), Math::max);
            if (item.failures() > 0 && item.reason().isEmpty()) {
                takenOver.incrementAndGet();
            }
        }
    }

    void ended(QueueItem item, boolean accepted) {
        if (!accepted) {
            refused.incrementAndGet();
        } else if (newest.getOrDefault(item.id(), 0) > item.attempts()) {
            staleAccepted.incrementAndGet();
        }
    }
}
