package io.trunkline.outbox;

import java.time.Instant;

/** What makes the writes of one kind. Called again for the same entry until it is written or put aside. */
@FunctionalInterface
public interface OutboxHandler {

    /**
     * Makes the write, within five minutes, and passes the entry's key on to a platform that knows such keys.
     *
     * @return the platform's id of what was written; empty if it has none
     * @throws io.trunkline.error.ConnectorException if it was not written: its kind says whether it is tried again
     * @throws io.trunkline.delivery.LaterException if it was certainly not written, and is to be tried at a certain time
     * @throws io.trunkline.delivery.AsideException if a part was written: a person must look
     * @throws Exception anything else says that it may have been written; {@link #reconcile} is asked next
     */
    String write(OutboxEntry entry) throws Exception;

    /**
     * Finds out whether a write that was begun and whose end nobody knows was made. Nothing is repeated on a guess:
     * unless a handler says otherwise, nobody can tell.
     *
     * @param begun when the write was begun
     * @throws Exception if the platform cannot be asked now
     */
    default Reconciliation reconcile(OutboxEntry entry, Instant begun) throws Exception {
        return new Reconciliation.CannotTell("its kind of write cannot be looked up");
    }

    /** A handler whose writes have one effect however often they are made, so that they are simply made again. */
    static OutboxHandler repeatable(OutboxHandler writing) {
        return new OutboxHandler() {
            @Override
            public String write(OutboxEntry entry) throws Exception {
                return writing.write(entry);
            }

            @Override
            public Reconciliation reconcile(OutboxEntry entry, Instant begun) {
                return new Reconciliation.NotDone();
            }
        };
    }
}
