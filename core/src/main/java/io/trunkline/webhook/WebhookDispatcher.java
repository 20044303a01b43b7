package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.privacy.Masking;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands stored events to typed handlers, in order for each entity. A handler that fails is called again after 5 seconds,
 * then after longer and longer pauses of up to 10 hours; after 12 times the event is put aside with its reason, and the
 * events of other entities never wait for it. Thread-safe.
 */
public final class WebhookDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

    private static final int MOST_ATTEMPTS = 12;
    private static final int AT_ONCE = 16;
    private static final Duration VISIBILITY = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(10);

    private final String connection;
    private final WebhookProtocol protocol;
    private final OrderedQueue queue;
    private final TimeSource time;
    private final Map<Class<? extends Event>, EventHandler<Event>> handlers = new LinkedHashMap<>();

    /** A dispatcher of one connection's events. Handlers are added before it is used. */
    public WebhookDispatcher(String connection, WebhookProtocol protocol, Store store, TimeSource time) {
        this.connection = connection;
        this.protocol = protocol;
        this.queue = store.queue(StoredWebhook.queue(connection));
        this.time = time;
    }

    /** Adds a handler of a kind of event. An event goes to every handler whose kind it is; one without any is dropped. */
    public <E extends Event> WebhookDispatcher on(Class<E> type, EventHandler<? super E> handler) {
        handlers.put(type, event -> handler.handle(type.cast(event)));
        return this;
    }

    /**
     * Hands over what is due now, on the caller's thread.
     *
     * @return how many stored webhooks were looked at; 0 if nothing is due
     */
    public int dispatch() {
        List<QueueItem> items = queue.take(AT_ONCE, VISIBILITY);
        items.forEach(this::handle);
        return items.size();
    }

    private void handle(QueueItem item) {
        try {
            StoredWebhook webhook = StoredWebhook.of(item.payload());
            for (Event event : protocol.decode(webhook.request())) {
                boolean ours =
                        StoredWebhook.key(connection, event.header().entity()).equals(item.entity())
                                && webhook.eventIds().contains(event.header().id());
                if (ours) {
                    hand(event);
                }
            }
            queue.done(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.retry(item, time.now(), "interrupted");
        } catch (Exception e) {
            failed(item, e);
        }
    }

    private void hand(Event event) throws Exception {
        for (Map.Entry<Class<? extends Event>, EventHandler<Event>> handler : handlers.entrySet()) {
            if (handler.getKey().isInstance(event)) {
                handler.getValue().handle(event);
            }
        }
    }

    private void failed(QueueItem item, Exception cause) {
        String reason = Masking.mask(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        if (item.attempts() >= MOST_ATTEMPTS) {
            LOG.warn("{} put a webhook aside after {} attempts: {}", connection, item.attempts(), reason);
            queue.dead(item, reason);
        } else {
            LOG.info("{} will hand a webhook over again: {}", connection, reason);
            queue.retry(item, pauseAfter(item.attempts()), reason);
        }
    }

    private Instant pauseAfter(int attempts) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 20);
        long bounded = Math.min(doubled, LONGEST_PAUSE.toMillis());
        long jitter = ThreadLocalRandom.current().nextLong(bounded / 5 + 1);
        return time.now().plusMillis(Math.min(bounded + jitter, LONGEST_PAUSE.toMillis()));
    }
}
