package example;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** When each of some events was done. Thread-safe. */
final class Times {

    private final long[] millionths;
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch left;

    Times(int events) {
        this.millionths = new long[events];
        this.left = new CountDownLatch(events);
    }

    /** One is done that was sent then. */
    void done(long sent) {
        int place = count.getAndIncrement();
        if (place < millionths.length) {
            millionths[place] = (System.nanoTime() - sent) / 1_000;
            left.countDown();
        }
    }

    void await() throws InterruptedException {
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " events were not handled");
        }
    }

    /** The middle and the hundredth slowest, in milliseconds. */
    String latency() {
        long[] sorted = millionths.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms",
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 0.99)] / 1e3);
    }
}
