package io.trunkline.simulation;

import io.trunkline.store.Lease;
import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.store.Values;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One node's view of a store that outlives it: operations fail before or after they took effect, the node ends before or
 * after them, and whatever else the world wants to happen does so in between.
 */
public final class ShakyStore implements Store {

    private final Store store;
    private final Chances chances;
    private final Runnable meanwhile;
    private boolean ended;

    /**
     * A view.
     *
     * @param meanwhile what happens between two operations, but never inside a transaction
     */
    public ShakyStore(Store store, Chances chances, Runnable meanwhile) {
        this.store = store;
        this.chances = chances;
        this.meanwhile = meanwhile;
    }

    /** Whether the node has ended. */
    public boolean ended() {
        return ended;
    }

    /** Ends the node if it is not its day; also to be asked before what a node does outside the store. */
    public void mayEnd(Fault fault) {
        ended |= chances.strikes(fault);
        if (ended) {
            throw new Crash();
        }
    }

    @Override
    public Values values(String space) {
        return watched(Values.class, store.values(space), false);
    }

    @Override
    public Leases leases() {
        return watched(Leases.class, store.leases(), false);
    }

    @Override
    public OrderedQueue queue(String name) {
        return watched(OrderedQueue.class, store.queue(name), false);
    }

    @Override
    public List<String> queueNames() {
        return store.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        before();
        T result = store.atomically(inside -> work.apply(new Inside(inside)));
        after();
        return result;
    }

    @Override
    public void close() {}

    private void before() {
        mayEnd(Fault.CRASH_BEFORE);
        meanwhile.run();
        mayFail(Fault.STORE_FAILS);
    }

    private void after() {
        mayEnd(Fault.CRASH_AFTER);
        mayFail(Fault.STORE_FAILS_AFTERWARDS);
        meanwhile.run();
    }

    private void mayFail(Fault fault) {
        if (chances.strikes(fault)) {
            throw new StoreException("the simulated store fails", new IllegalStateException());
        }
    }

    private <T> T watched(Class<T> type, T target, boolean inside) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> called(target, method, arguments, inside)));
    }

    private @Nullable Object called(Object target, Method method, Object @Nullable [] arguments, boolean inside)
            throws Throwable {
        if (inside) {
            mayEnd(Fault.CRASH_BEFORE);
            mayFail(Fault.STORE_FAILS);
            return invoke(target, method, arguments);
        }
        before();
        Object result = invoke(target, method, arguments);
        after();
        return result instanceof Optional<?> held && held.isPresent() && held.get() instanceof Lease lease
                ? Optional.of(watched(Lease.class, lease, false))
                : result;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The store in a transaction: what fails there is undone, so nothing happens after an operation. */
    private final class Inside implements Store {

        private final Store inside;

        Inside(Store inside) {
            this.inside = inside;
        }

        @Override
        public Values values(String space) {
            return watched(Values.class, inside.values(space), true);
        }

        @Override
        public Leases leases() {
            return watched(Leases.class, inside.leases(), true);
        }

        @Override
        public OrderedQueue queue(String name) {
            return watched(OrderedQueue.class, inside.queue(name), true);
        }

        @Override
        public List<String> queueNames() {
            return inside.queueNames();
        }

        @Override
        public <T> T atomically(Function<Store, T> work) {
            return inside.atomically(joined -> work.apply(this));
        }

        @Override
        public void close() {}
    }
}
