package io.trunkline.delivery;

import io.trunkline.privacy.Masking;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one queue on the threads that call it: an item that is done is gone, one that fails comes back after a pause
 * and holds up its own entity alone, one that fails for good is put aside. Thread-safe.
 */
public final class QueueWorker {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWorker.class);

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
        List<QueueItem> items = store.queue(queue).take(AT_ONCE, VISIBILITY);
        kept.taken(items);
        try {
            items.forEach(this::deliver);
        } finally {
            kept.released(items);
        }
        return items.size();
    }

    /** Holds on to what is in work, however long it takes; called by {@link WorkerThreads} from time to time. */
    void keepItems() {
        kept.keep();
    }

    private void deliver(QueueItem item) {
        if (!kept.holds(item)) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            store.queue(queue).postpone(item, time.now(), "interrupted");
            return;
        }
        try {
            Completion completion = delivery.deliver(item);
            store.atomically(inside -> completed(inside, item, completion));
        } catch (Undone e) {
            failed(item, e.reason);
        } catch (Throwable e) {
            failed(item, e);
        } finally {
            kept.released(List.of(item));
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
            Optional<Instant> again = cause instanceof AsideException ? Optional.empty() : again(item.failures() + 1);
            again.ifPresentOrElse(at -> items.retry(item, at, reason), () -> items.dead(item, reason));
            LOG.warn("{} failed and is {}: {}", queue, again.isPresent() ? "tried again" : "put aside", reason);
        }
    }

    private Optional<Instant> again(int failures) {
        return redelivery.after(failures).map(time.now()::plus);
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
