package io.trunkline.resilience;

import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * At most so many calls at once; the others wait, interactive before bulk and each lane in the order of arrival, until
 * their deadline. Thread-safe. (Failsafe's own loses a permit for each waiter that times out.)
 */
public final class Bulkhead {

    private final int permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> interactive = new ArrayDeque<>();
    private final Deque<Waiter> bulk = new ArrayDeque<>();
    private int taken;

    /**
     * A bulkhead of the given width.
     *
     * @throws IllegalArgumentException if there is no permit
     */
    public Bulkhead(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits must be positive, but was " + permits);
        }
        this.permits = permits;
    }

    /** A place that is held until it is closed; closing again does nothing. */
    public static final class Permit implements AutoCloseable {

        private final Bulkhead bulkhead;
        private final AtomicBoolean held = new AtomicBoolean(true);

        private Permit(Bulkhead bulkhead) {
            this.bulkhead = bulkhead;
        }

        /** Gives the place to the next. */
        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                bulkhead.release();
            }
        }
    }

    private static final class Waiter {
        private final Condition turn;
        private boolean admitted;

        Waiter(Condition turn) {
            this.turn = turn;
        }
    }

    /**
     * Takes a place, waiting for it until the deadline.
     *
     * @return empty if the deadline passed first
     * @throws InterruptedException if the thread is interrupted while it waits; it then holds nothing
     */
    public Optional<Permit> acquire(Lane lane, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (taken < permits) {
                taken++;
                return Optional.of(new Permit(this));
            }
            return await(lane == Lane.INTERACTIVE ? interactive : bulk, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** Places free now. */
    public int free() {
        lock.lock();
        try {
            return permits - taken;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Permit> await(Deque<Waiter> queue, Deadline deadline) throws InterruptedException {
        Waiter waiter = new Waiter(lock.newCondition());
        queue.addLast(waiter);
        try {
            long left = deadline.remaining().toNanos();
            while (!waiter.admitted && left > 0) {
                left = waiter.turn.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (waiter.admitted) {
                release();
            }
            throw e;
        } finally {
            queue.remove(waiter);
        }
        return waiter.admitted ? Optional.of(new Permit(this)) : Optional.empty();
    }

    private void release() {
        lock.lock();
        try {
            Waiter next = interactive.isEmpty() ? bulk.pollFirst() : interactive.pollFirst();
            if (next == null) {
                taken--;
            } else {
                next.admitted = true;
                next.turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
