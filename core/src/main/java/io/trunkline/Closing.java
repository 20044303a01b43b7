package io.trunkline;

import io.trunkline.connector.Connector;
import io.trunkline.http.HttpStack;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Ends connections each on a thread of its own, because a vendor's connector may hang, and neither others nor callers may. */
final class Closing {

    private static final MaskedLog LOG = MaskedLog.of(Trunkline.class);

    private final Duration connectors;
    private final Duration storage;

    Closing(Duration connectors, Duration storage) {
        this.connectors = connectors;
        this.storage = storage;
    }

    void end(Map<String, Connector> connections, HttpStack http, Store store) {
        http.close();
        List<Thread> threads = connections.entrySet().stream()
                .map(each -> started("connection " + each.getKey(), each.getValue()::close))
                .toList();
        join(threads, connectors);
        join(List.of(started("the store", store::close)), storage);
    }

    private static Thread started(String what, Runnable closing) {
        Thread thread = new Thread(() -> close(what, closing), "trunkline-close");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (thread.isAlive()) {
                LOG.warn("something did not close within {}; it is interrupted", atMost);
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(String what, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("{} failed to close: {}", what, e.getClass());
        }
    }
}
