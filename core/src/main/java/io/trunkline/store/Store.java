package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.util.List;
import java.util.function.Function;

/** Keyed values, leases and ordered queues that can be changed together. Thread-safe. */
public interface Store extends AutoCloseable {

    /**
     * The values of one space.
     *
     * @param space lower-case words with hyphens and dots, at most 64 characters
     * @throws IllegalArgumentException if the name is of another form
     */
    Values values(String space);

    /** The leases. */
    Leases leases();

    /**
     * The queue of a name.
     *
     * @param name lower-case words with hyphens and dots, at most 64 characters
     * @throws IllegalArgumentException if the name is of another form
     */
    OrderedQueue queue(String name);

    /** The names of the queues that hold anything, pending or put aside, in their order. */
    List<String> queueNames();

    /**
     * Does work in one transaction: all its changes are there afterwards, or none. An exception undoes them and is
     * passed on.
     *
     * @param work works on the store it is given; it must not wait for anything else
     */
    <T> T atomically(Function<Store, T> work);

    /** Ends what the store started itself. Closing again does nothing. */
    @Override
    void close();

    /** A store in this process's memory, which is lost with it. */
    static Store inMemory(TimeSource time) {
        return new MemoryStore(time);
    }
}
