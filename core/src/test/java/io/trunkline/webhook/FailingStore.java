package io.trunkline.webhook;

import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import java.util.List;
import java.util.function.Function;

/** A store whose disk is full at the end of each transaction. */
final class FailingStore implements Store {

    private final Store other;

    FailingStore(Store other) {
        this.other = other;
    }

    @Override
    public Values values(String space) {
        return other.values(space);
    }

    @Override
    public Leases leases() {
        return other.leases();
    }

    @Override
    public OrderedQueue queue(String name) {
        return other.queue(name);
    }

    @Override
    public List<String> queueNames() {
        return other.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return other.atomically(inside -> {
            throw new IllegalStateException("disk full with " + work.apply(inside));
        });
    }

    @Override
    public void close() {
        other.close();
    }
}
