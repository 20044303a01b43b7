package example;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for another process, for a bounded time. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Waiting() {}

    /** Waits until a condition holds; one that fails does not hold yet. Gives the milliseconds that it took. */
    static long until(String what, int seconds, Callable<Boolean> condition) throws InterruptedException {
        long start = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos()) {
            try {
                if (condition.call()) {
                    return Duration.ofNanos(System.nanoTime() - start).toMillis();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new IllegalStateException("not within " + seconds + " s: " + what, last);
    }
}
