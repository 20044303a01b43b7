package io.trunkline.checks;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The books on every local server of a test run: what a server has served beside what the library says it has sent.
 * Shared by the whole process, as the servers' ports are.
 */
public final class AttemptLedger {

    private static final AttemptLedger SHARED = new AttemptLedger();

    private final Map<Integer, AtomicInteger> served = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> attempted = new ConcurrentHashMap<>();

    private AttemptLedger() {}

    /** The books of this process. */
    public static AttemptLedger shared() {
        return SHARED;
    }

    /** The library has sent a request to an origin. */
    public void attempted(URI origin) {
        attempted.computeIfAbsent(origin.getPort(), port -> new AtomicInteger()).incrementAndGet();
    }

    void open(int port) {
        served.put(port, new AtomicInteger());
        attempted.put(port, new AtomicInteger());
    }

    void served(int port) {
        AtomicInteger count = served.get(port);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    /** The servers that have seen more than was recorded, as text; empty if there is none. */
    public Map<Integer, String> differences() {
        Map<Integer, String> differences = new TreeMap<>();
        served.forEach((port, count) -> {
            AtomicInteger recorded = attempted.get(port);
            int sent = recorded == null ? 0 : recorded.get();
            if (count.get() > sent) {
                differences.put(port, "served " + count.get() + ", but " + sent + " attempts were recorded");
            }
        });
        return differences;
    }

    /** Forgets everything. */
    public void clear() {
        served.clear();
        attempted.clear();
    }
}
