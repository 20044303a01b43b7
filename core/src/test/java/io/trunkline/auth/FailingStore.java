package io.trunkline.auth;

import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store whose next writes fail. */
final class FailingStore implements Store {

    final AtomicInteger puts = new AtomicInteger();
    private final Store real;

    FailingStore(Store real) {
        this.real = real;
    }

    @Override
    public Values values(String space) {
        Values values = real.values(space);
        return new Values() {
            @Override
            public Optional<Versioned> get(String key) {
                return values.get(key);
            }

            @Override
            public boolean put(String key, byte[] value, long expectedVersion, @Nullable Instant expires) {
                if (puts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new StoreException("the disk is full", new IOException("no space"));
                }
                return values.put(key, value, expectedVersion, expires);
            }

            @Override
            public boolean delete(String key, long expectedVersion) {
                return values.delete(key, expectedVersion);
            }

            @Override
            public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
                return values.list(prefix, cursor, limit);
            }
        };
    }

    @Override
    public Leases leases() {
        return real.leases();
    }

    @Override
    public OrderedQueue queue(String name) {
        return real.queue(name);
    }

    @Override
    public List<String> queueNames() {
        return real.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return real.atomically(work);
    }

    @Override
    public void close() {
        real.close();
    }
}
