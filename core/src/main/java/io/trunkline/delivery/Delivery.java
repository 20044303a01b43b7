package io.trunkline.delivery;

import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;

/** The work that one item of a queue stands for. Called again for the same item until it succeeds or is put aside. */
@FunctionalInterface
public interface Delivery {

    /**
     * Does the work.
     *
     * @return what belongs into the transaction that takes the item off the queue
     * @throws LaterException if it is to be tried at a certain time, however often it was tried
     * @throws AsideException if trying again is useless
     * @throws Exception if it is to be tried again after the usual pause
     */
    Completion deliver(QueueItem item) throws Exception;

    /**
     * Notes that an item is put aside for a person.
     *
     * @param reason why
     * @param inside the store in the transaction that puts it aside
     */
    default void aside(QueueItem item, String reason, Store inside) {}
}
