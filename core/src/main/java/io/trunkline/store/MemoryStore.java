package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything in maps behind one lock; a transaction that fails puts back the maps of its beginning. */
final class MemoryStore implements Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private final Map<String, MemoryValues> values = new HashMap<>();
    private final Map<String, MemoryQueue> queues = new HashMap<>();
    private final MemoryLeases leases;
    private boolean closed;

    MemoryStore(TimeSource time) {
        this.time = time;
        this.leases = new MemoryLeases(this);
    }

    @Override
    public Values values(String space) {
        String name = StoreNames.name(space);
        return locked(() -> values.computeIfAbsent(name, key -> new MemoryValues(this)));
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public OrderedQueue queue(String queueName) {
        String name = StoreNames.name(queueName);
        return locked(() -> queues.computeIfAbsent(name, key -> new MemoryQueue(this)));
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return locked(() -> {
            Runnable undo = undo();
            boolean committed = false;
            try {
                T result = work.apply(this);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    undo.run();
                }
            }
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    TimeSource time() {
        return time;
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private Runnable undo() {
        Map<MemoryValues, Runnable> ofValues = new HashMap<>();
        values.values().forEach(each -> ofValues.put(each, each.undo()));
        Map<MemoryQueue, Runnable> ofQueues = new HashMap<>();
        queues.values().forEach(each -> ofQueues.put(each, each.undo()));
        Runnable ofLeases = leases.undo();
        return () -> {
            values.values().removeIf(each -> !ofValues.containsKey(each));
            queues.values().removeIf(each -> !ofQueues.containsKey(each));
            ofValues.values().forEach(Runnable::run);
            ofQueues.values().forEach(Runnable::run);
            ofLeases.run();
        };
    }
}
