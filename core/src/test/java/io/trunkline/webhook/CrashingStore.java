package io.trunkline.webhook;

import io.trunkline.store.Lease;
import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A store of a process that ends at a certain step: each call of the store is one, each begin and end of a transaction,
 * and whatever else the test says. From there on nothing works, not even the cleaning up.
 */
public final class CrashingStore implements Store {

    /** The end of the process. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Store store;
    private final AtomicInteger left;
    private final boolean atomic;

    /** A process that ends at a step; the first is 1. */
    public CrashingStore(Store store, int step) {
        this(store, new AtomicInteger(step), true);
    }

    private CrashingStore(Store store, AtomicInteger left, boolean atomic) {
        this.store = store;
        this.left = left;
        this.atomic = atomic;
    }

    /** The same without transactions: the control that a test must find out. */
    public CrashingStore withoutTransactions() {
        return new CrashingStore(store, left, false);
    }

    /** One step of the process that is none of the store. */
    public void step() {
        if (left.decrementAndGet() <= 0) {
            throw new Crash();
        }
    }

    /** Whether the end was reached. */
    public boolean crashed() {
        return left.get() <= 0;
    }

    @Override
    public Values values(String space) {
        return stepwise(Values.class, store.values(space));
    }

    @Override
    public Leases leases() {
        return stepwise(Leases.class, store.leases());
    }

    @Override
    public OrderedQueue queue(String name) {
        return stepwise(OrderedQueue.class, store.queue(name));
    }

    @Override
    public List<String> queueNames() {
        return store.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        step();
        T result = atomic
                ? store.atomically(inside -> worked(new CrashingStore(inside, left, true), work))
                : worked(this, work);
        step();
        return result;
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T> T worked(CrashingStore inside, Function<Store, T> work) {
        T result = work.apply(inside);
        inside.step();
        return result;
    }

    private <T> T stepwise(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    step();
                    try {
                        return leased(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private Object leased(Object result) {
        boolean lease = result instanceof Optional<?> found && found.orElse(null) instanceof Lease;
        return lease ? Optional.of(stepwise(Lease.class, (Lease) ((Optional<?>) result).get())) : result;
    }
}
