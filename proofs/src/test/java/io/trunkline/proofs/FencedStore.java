package io.trunkline.proofs;

import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;

/** A store that tells who takes items and who ends them; without its fence, it lets everybody end them. */
final class FencedStore implements Store {

    private final Store plain;
    private final Fences fences;
    private final boolean fenced;

    FencedStore(Store plain, Fences fences, boolean fenced) {
        this.plain = plain;
        this.fences = fences;
        this.fenced = fenced;
    }

    /** The store behind it. */
    static Store plain(Store store) {
        return ((FencedStore) store).plain;
    }

    @Override
    public Values values(String space) {
        return plain.values(space);
    }

    @Override
    public Leases leases() {
        return plain.leases();
    }

    @Override
    public OrderedQueue queue(String name) {
        OrderedQueue queue = plain.queue(name);
        return (OrderedQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OrderedQueue.class},
                (self, method, a) -> called(queue, method, a));
    }

    @Override
    public List<String> queueNames() {
        return plain.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return plain.atomically(inside -> work.apply(new FencedStore(inside, fences, fenced)));
    }

    @Override
    public void close() {
        plain.close();
    }

    @SuppressWarnings("unchecked") // Only take gives a list.
    private Object called(OrderedQueue queue, Method method, Object[] arguments) throws Throwable {
        try {
            boolean end = method.getName().equals("done");
            Object result =
                    end && !fenced ? queue.drop(((QueueItem) arguments[0]).id()) : method.invoke(queue, arguments);
            if (end) {
                fences.ended((QueueItem) arguments[0], (boolean) result);
            } else if (result instanceof List<?> items) {
                fences.taken((List<QueueItem>) items);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
