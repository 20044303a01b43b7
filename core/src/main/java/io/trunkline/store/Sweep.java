package io.trunkline.store;

import java.util.concurrent.atomic.AtomicInteger;

/** Says when it is time to forget what has expired: after every so many writes, so that no thread is needed for it. */
final class Sweep {

    /** More than are written between two sweeps, so that what has expired never piles up. */
    static final int MOST = 1_000;

    private static final int WRITES = 256;

    private final AtomicInteger writes = new AtomicInteger();

    boolean due() {
        return writes.incrementAndGet() % WRITES == 0;
    }
}
