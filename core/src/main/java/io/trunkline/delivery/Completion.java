package io.trunkline.delivery;

import io.trunkline.store.Store;

/** What happens in the transaction that takes an item off its queue: with the item's end, or not at all. */
@FunctionalInterface
public interface Completion {

    /**
     * Changes the store.
     *
     * @param inside the store in the transaction
     * @throws Exception if the item is not done after all; then nothing is changed
     */
    void in(Store inside) throws Exception;

    /** Nothing more is to be done. */
    static Completion nothing() {
        return inside -> {};
    }
}
