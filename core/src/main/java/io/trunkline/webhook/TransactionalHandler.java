package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.store.Store;

/**
 * What the application does with one kind of event in the transaction that marks it as done: its changes are there once,
 * whatever becomes of the process. It works on the store it is given and on nothing outside it.
 *
 * @param <E> the kind
 */
@FunctionalInterface
public interface TransactionalHandler<E extends Event> {

    /**
     * Handles the event.
     *
     * @param inside the store in the transaction; {@code JdbcStore.connection} gives its connection to a database
     * @throws Exception if it is to be tried again later; then nothing is changed
     */
    void handle(E event, Store inside) throws Exception;
}
