package io.trunkline.testkit;

import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.store.Values;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A store in memory that can be down, as one on a full disk is: its transactions then fail and change nothing. */
public final class StoreThatFails implements Store {

    private final Store store;
    private volatile boolean down;

    /** A store that is up. */
    public StoreThatFails(TimeSource time) {
        this.store = Store.inMemory(time);
    }

    /** Whether it is down from now on. */
    public void down(boolean value) {
        this.down = value;
    }

    @Override
    public Values values(String space) {
        check();
        return store.values(space);
    }

    @Override
    public Leases leases() {
        check();
        return store.leases();
    }

    @Override
    public OrderedQueue queue(String name) {
        return store.queue(name);
    }

    @Override
    public List<String> queueNames() {
        return store.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return store.atomically(inside -> {
            T result = work.apply(inside);
            // At the commit: whatever was done inside must be undone.
            check();
            return result;
        });
    }

    @Override
    public void close() {
        store.close();
    }

    private void check() {
        if (down) {
            throw new StoreException("the store is down", new IOException("no space left on device"));
        }
    }
}
