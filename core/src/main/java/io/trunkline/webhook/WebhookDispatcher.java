package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.privacy.MaskedLog;
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

/**
 * Hands stored events to typed handlers, in order for each entity. A handler that fails is called again after 5 seconds,
 * then after longer and longer pauses of up to 10 hours; after 8 times the event is put aside with its reason, and the
 * events of other entities never wait for it. An event that tells a state is left out once a newer one was handled.
 * Thread-safe.
 */
public final class WebhookDispatcher {

    private static final MaskedLog LOG = MaskedLog.of(WebhookDispatcher.class);

    private static final int AT_ONCE = 16;
    private static final Duration VISIBILITY = Duration.ofMinutes(5);

    /** What Standard Webhooks proposes: an outage of a day loses nothing. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private final String connection;
    private final WebhookProtocol protocol;
    private final OrderedQueue queue;
    private final NewestStates states;
    private final TimeSource time;
    private final Map<Class<? extends Event>, EventHandler<Event>> handlers = new LinkedHashMap<>();

    /** A dispatcher of one connection's events. Handlers are added before it is used. */
    public WebhookDispatcher(String connection, WebhookProtocol protocol, Store store, TimeSource time) {
        this.connection = connection;
        this.protocol = protocol;
        this.queue = store.queue(StoredWebhook.queue(connection));
        this.states = new NewestStates(connection, store, time);
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
        int handled = 0;
        // One at a time, because what is taken and not yet in work would be given to others when its time is up.
        while (handled < AT_ONCE && !Thread.currentThread().isInterrupted()) {
            List<QueueItem> next = queue.take(1, VISIBILITY);
            if (next.isEmpty()) {
                return handled;
            }
            handle(next.get(0));
            handled++;
        }
        return handled;
    }

    // A handler may end in an Error too; whatever it is, the event is not done and the thread goes on.
    private void handle(QueueItem item) {
        try {
            StoredWebhook webhook = StoredWebhook.of(item.payload());
            for (Event event : protocol.decode(webhook.request())) {
                boolean ours =
                        StoredWebhook.key(connection, event.header().entity()).equals(item.entity())
                                && webhook.eventIds().contains(event.header().id());
                if (ours && !states.superseded(event)) {
                    hand(event);
                    states.handled(event);
                }
            }
            queue.done(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.retry(item, time.now(), "interrupted");
        } catch (Throwable e) {
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

    private void failed(QueueItem item, Throwable cause) {
        String reason = Masking.mask(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        if (item.attempts() > PAUSES.size()) {
            LOG.warn("{} put a webhook aside after {} attempts: {}", connection, item.attempts(), reason);
            queue.dead(item, reason);
        } else {
            LOG.info("{} will hand a webhook over again: {}", connection, reason);
            queue.retry(item, pauseAfter(item.attempts()), reason);
        }
    }

    private Instant pauseAfter(int attempts) {
        long pause = PAUSES.get(attempts - 1).toMillis();
        return time.now().plusMillis(pause - ThreadLocalRandom.current().nextLong(pause / 5 + 1));
    }
}
