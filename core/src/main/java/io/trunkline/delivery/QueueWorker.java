package io.trunkline.delivery;

import io.trunkline.privacy.MaskedLog;
import io.trunkline.privacy.Masking;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Works off one queue on the threads that call it: an item that is done is gone, one that fails comes back after a pause
 * and holds up its own entity alone, one that fails for good is put aside. Thread-safe.
 */
public final class QueueWorker {

    private static final MaskedLog LOG = MaskedLog.of(QueueWorker.class);

    private static final Duration VISIBILITY = Duration.ofMinutes(5);
    private static final int AT_ONCE = 16;

    private final Store store;
    private final String queue;
    private final Delivery delivery;
    private final Redelivery redelivery;
    private final TimeSource time;
    private final KeptItems kept;

    /**
     * A worker.
     *
     * @param queue the queue's name in the store
     * @param redelivery when what failed is tried again
     */
    public QueueWorker(Store store, String queue, Delivery delivery, Redelivery redelivery, TimeSource time) {
        this.store = store;
        this.queue = queue;
        this.delivery = delivery;
        this.redelivery = redelivery;
        this.time = time;
        this.kept = new KeptItems(store.queue(queue), VISIBILITY);
    }

    /**
     * Works off what is due now, on the caller's thread.
     *
     * @return how many items were looked at; 0 if nothing is due
     */
    public int work() {
        int looked = 0;
        // One at a time, because what is taken and not yet in work would be given to others when its time is up.
        while (looked < AT_ONCE && !Thread.currentThread().isInterrupted()) {
            List<QueueItem> next = store.queue(queue).take(1, VISIBILITY);
            if (next.isEmpty()) {
                return looked;
            }
            deliver(next.get(0));
            looked++;
        }
        return looked;
    }

    /** Holds on to what is in work, however long it takes; called by {@link WorkerThreads} from time to time. */
    void keepItems() {
        kept.keep();
    }

    // The work may end in an Error too; whatever it is, the item is not done and the thread goes on.
    private void deliver(QueueItem item) {
        kept.taken(item);
        try {
            if (item.failures() > 0
                    && redelivery.after(item.failures(), item.id()).isEmpty()) {
                throw new AsideException("work on it was begun " + item.failures() + " times and never ended");
            }
            Completion completion = delivery.deliver(item);
            store.atomically(inside -> completed(inside, item, completion));
        } catch (Undone e) {
            failed(item, e.reason);
        } catch (Throwable e) {
            failed(item, e);
        } finally {
            kept.released(item);
        }
    }

    private boolean completed(Store inside, QueueItem item, Completion completion) {
        try {
            completion.in(inside);
        } catch (Exception e) {
            throw new Undone(e);
        }
        if (!inside.queue(queue).done(item)) {
            throw new Undone(new IllegalStateException("somebody else has taken the item over"));
        }
        return true;
    }

    private void failed(QueueItem item, Throwable cause) {
        OrderedQueue items = store.queue(queue);
        String reason = Masking.mask(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            items.postpone(item, time.now(), "interrupted");
        } else if (cause instanceof LaterException later) {
            items.postpone(item, later.notBefore(), reason);
        } else {
            Optional<Instant> again = cause instanceof AsideException ? Optional.empty() : again(item);
            again.ifPresentOrElse(at -> items.retry(item, at, reason), () -> putAside(item, reason));
            LOG.warn("{} failed and is {}: {}", queue, again.isPresent() ? "tried again" : "put aside", reason);
        }
    }

    private void putAside(QueueItem item, String reason) {
        store.atomically(inside -> {
            boolean ours = inside.queue(queue).dead(item, reason);
            if (ours) {
                delivery.aside(item, reason, inside);
            }
            return ours;
        });
    }

    private Optional<Instant> again(QueueItem item) {
        return redelivery.after(item.failures() + 1, item.id()).map(time.now()::plus);
    }

    /** Carries what went wrong out of a transaction, which it undoes. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Exception reason;

        Undone(Exception reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
