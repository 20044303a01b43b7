package io.trunkline.checks;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The log lines of the running test, all levels: 200,000 of them or as many as {@code -Dtrunkline.log.lines} says, because a
 * test that goes in circles shall end.
 */
public final class CapturedLog {

    private static final int MOST = Integer.getInteger("trunkline.log.lines", 200_000);
    private static final ConcurrentLinkedQueue<String> LINES = new ConcurrentLinkedQueue<>();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private CapturedLog() {}

    /** The lines since the test began: level, logger, message with arguments, and the exception. */
    public static List<String> lines() {
        return List.copyOf(LINES);
    }

    static void add(String line) {
        LINES.add(line);
        if (COUNT.incrementAndGet() > MOST) {
            throw new IllegalStateException("a test has logged more than " + MOST + " lines");
        }
    }

    static void clear() {
        LINES.clear();
        COUNT.set(0);
    }
}
