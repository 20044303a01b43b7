package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A queue that takes each item for another entity, so that nothing waits for anything. */
final class UnorderedQueue implements OrderedQueue {

    private static final AtomicLong NUMBER = new AtomicLong();
    private final OrderedQueue queue;

    UnorderedQueue(OrderedQueue queue) {
        this.queue = queue;
    }

    @Override
    public boolean add(String entity, byte[] payload, Instant notBefore, String dedupeId) {
        return queue.add(entity + NUMBER.incrementAndGet(), payload, notBefore, dedupeId);
    }

    @Override
    public List<QueueItem> take(int most, Duration visibility) {
        return queue.take(most, visibility);
    }

    @Override
    public boolean done(QueueItem item) {
        return queue.done(item);
    }

    @Override
    public boolean extend(QueueItem item, Duration visibility) {
        return queue.extend(item, visibility);
    }

    @Override
    public boolean postpone(QueueItem item, Instant notBefore, String reason) {
        return queue.postpone(item, notBefore, reason);
    }

    @Override
    public boolean retry(QueueItem item, Instant notBefore, String reason) {
        return queue.retry(item, notBefore, reason);
    }

    @Override
    public boolean dead(QueueItem item, String reason) {
        return queue.dead(item, reason);
    }

    @Override
    public Page<QueueItem> pending(Optional<String> cursor, int limit) {
        return queue.pending(cursor, limit);
    }

    @Override
    public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
        return queue.deadLetters(cursor, limit);
    }

    @Override
    public Optional<QueueItem> pending(long id) {
        return queue.pending(id);
    }

    @Override
    public Optional<QueueItem> deadLetter(long id) {
        return queue.deadLetter(id);
    }

    @Override
    public QueueCounts counts() {
        return queue.counts();
    }

    @Override
    public boolean hasten(long id) {
        return queue.hasten(id);
    }

    @Override
    public boolean replay(long id) {
        return queue.replay(id);
    }

    @Override
    public boolean drop(long id) {
        return queue.drop(id);
    }
}
