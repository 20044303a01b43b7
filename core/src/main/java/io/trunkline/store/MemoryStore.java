package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything in maps behind one lock; a transaction that fails takes back its changes, the last one first. */
final class MemoryStore implements Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private final Map<String, MemoryValues> values = new HashMap<>();
    private final Map<String, MemoryQueue> queues = new HashMap<>();
    private final MemoryLeases leases;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private int transactions;
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
    public List<String> queueNames() {
        return locked(() -> queues.entrySet().stream()
                .filter(queue -> queue.getValue().holdsAnything())
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return locked(() -> {
            int before = undo.size();
            boolean committed = false;
            transactions++;
            try {
                T result = work.apply(this);
                committed = true;
                return result;
            } finally {
                transactions--;
                while (!committed && undo.size() > before) {
                    undo.pop().run();
                }
                if (transactions == 0) {
                    undo.clear();
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

    /** What takes a change back, if the transaction that it was made in fails. */
    void undoBy(Runnable step) {
        if (transactions > 0) {
            undo.push(step);
        }
    }
}
