package io.trunkline;

import io.trunkline.connector.Connector;
import io.trunkline.http.HttpStack;
import io.trunkline.store.Store;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections on a thread of its own, because a vendor's connector may hang and the caller must not. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Trunkline.class);

    private final Duration atMost;

    Closing(Duration atMost) {
        this.atMost = atMost;
    }

    void end(Map<String, Connector> connections, HttpStack http, Store store) {
        http.close();
        Thread thread = new Thread(() -> connections.forEach(Closing::close), "trunkline-close");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("a connection did not close within {}; it is interrupted", atMost);
            thread.interrupt();
        }
        store.close();
    }

    private static void close(String name, Connector connector) {
        try {
            connector.close();
        } catch (RuntimeException e) {
            LOG.warn("connection {} failed to close: {}", name, e.getClass().getName());
        }
    }
}
