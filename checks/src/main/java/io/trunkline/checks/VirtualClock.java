package io.trunkline.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * A clock that stands still until somebody sleeps or moves it. With several participants time moves only when all of
 * them sleep, and then to the earliest wake-up, so that minutes of many threads pass in moments. Thread-safe.
 */
public final class VirtualClock {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final int participants;
    private final PriorityQueue<Long> wakeUps = new PriorityQueue<>();
    private long nanos;
    private int left;

    private VirtualClock(int participants) {
        this.participants = participants;
    }

    /** A clock for one thread: sleeping moves it at once. */
    public static VirtualClock single() {
        return new VirtualClock(1);
    }

    /** A clock for the given number of threads, each of which must end by {@link #leave()}. */
    public static VirtualClock shared(int participants) {
        return new VirtualClock(participants);
    }

    /** Wall time. */
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    /** Monotonic nanoseconds since the clock was made. */
    public synchronized long nanos() {
        return nanos;
    }

    /** Moves the clock. */
    public synchronized void advance(Duration duration) {
        moveTo(nanos + duration.toNanos());
    }

    /** Sleeps in the clock's time. */
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before it slept");
        }
        long end = nanos + Math.max(0, duration.toNanos());
        wakeUps.add(end);
        moveIfAllSleep();
        try {
            while (nanos < end) {
                wait();
            }
        } catch (InterruptedException e) {
            wakeUps.remove(end);
            throw e;
        }
    }

    /** One participant fewer. */
    public synchronized void leave() {
        left++;
        moveIfAllSleep();
    }

    private void moveIfAllSleep() {
        Long earliest = wakeUps.peek();
        if (earliest != null && wakeUps.size() >= participants - left) {
            moveTo(Math.max(nanos, earliest));
        }
    }

    /** Whoever is due no longer counts as asleep from here on, even if its thread has not run yet. */
    private void moveTo(long instant) {
        nanos = instant;
        while (!wakeUps.isEmpty() && wakeUps.element() <= nanos) {
            wakeUps.remove();
        }
        notifyAll();
    }
}
