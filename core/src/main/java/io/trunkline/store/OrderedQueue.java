package io.trunkline.store;

import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue that keeps the order of the items of one entity and never has two of them in work at once; an item
 * that fails holds back only its own entity. Thread-safe.
 */
public interface OrderedQueue {

    /**
     * Adds an item.
     *
     * @param entity whose order it belongs to
     * @param payload at most 2 MiB
     * @param notBefore when it may be worked on at the earliest
     * @param dedupeId an id under which a second item is not added as long as the first is there, or null
     * @return whether it was added
     */
    boolean add(String entity, byte[] payload, Instant notBefore, @Nullable String dedupeId);

    /**
     * Takes items to work on.
     *
     * @param most how many at the most
     * @param visibility how long they are hidden from others; then they count as failed once more
     */
    List<QueueItem> take(int most, Duration visibility);

    /** Removes an item that is done; false if it was taken over by somebody else meanwhile. */
    boolean done(QueueItem item);

    /** Hides an item in work from others for longer; false if it was taken over meanwhile. */
    boolean extend(QueueItem item, Duration visibility);

    /** Puts an item back after a failure, which is counted; false if it was taken over meanwhile. */
    boolean retry(QueueItem item, Instant notBefore, String reason);

    /** Puts an item back that has not failed but must wait; false if it was taken over meanwhile. */
    boolean postpone(QueueItem item, Instant notBefore, String reason);

    /** Puts an item aside for a person to decide, so that its entity goes on; false if it was taken over meanwhile. */
    boolean dead(QueueItem item, String reason);

    /** The items that wait or are in work, oldest first. */
    Page<QueueItem> pending(Optional<String> cursor, int limit);

    /** The items put aside, oldest first. */
    Page<QueueItem> deadLetters(Optional<String> cursor, int limit);

    /** An item that waits or is in work; empty if it is not there. */
    Optional<QueueItem> pending(long id);

    /** An item put aside; empty if it is not there. */
    Optional<QueueItem> deadLetter(long id);

    /** How much the queue holds, counted now: a look at each item, but not at its payload. */
    QueueCounts counts();

    /**
     * Lets an item that waits for a later time be worked on at once, when the items of its entity before it are done;
     * false if it is not there, due already, in work or put aside.
     */
    boolean hasten(long id);

    /** Puts an item that was set aside back to the end of its entity's order; false if it is not there. */
    boolean replay(long id);

    /** Removes an item for good, wherever it is; false if it is not there. */
    boolean drop(long id);
}
