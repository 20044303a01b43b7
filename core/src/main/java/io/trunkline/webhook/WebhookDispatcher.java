package io.trunkline.webhook;

import io.trunkline.delivery.Completion;
import io.trunkline.delivery.QueueWorker;
import io.trunkline.delivery.Redelivery;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands stored events to typed handlers, in order for each entity. A handler that fails is called again after 5 seconds,
 * then after longer and longer pauses of up to 10 hours; after 8 times the event is put aside with its reason, and the
 * events of other entities never wait for it. An event that tells a state is left out once a newer one was handled.
 * Thread-safe.
 */
public final class WebhookDispatcher {

    private final String connection;
    private final StoredEvents stored;
    private final WebhookInbox inbox;
    private final QueueWorker worker;
    private final NewestStates states;
    private final Map<Class<? extends Event>, EventHandler<Event>> handlers = new LinkedHashMap<>();
    private final Map<Class<? extends Event>, TransactionalHandler<Event>> transactional = new LinkedHashMap<>();

    /** A dispatcher of one connection's events. Handlers are added before it is used. */
    public WebhookDispatcher(String connection, WebhookProtocol protocol, Store store, TimeSource time) {
        this(connection, Optional.of(protocol), store, time);
    }

    /** A dispatcher of a connection whose platform calls nobody: all its events are pulled. */
    public WebhookDispatcher(String connection, Store store, TimeSource time) {
        this(connection, Optional.empty(), store, time);
    }

    private WebhookDispatcher(String connection, Optional<WebhookProtocol> protocol, Store store, TimeSource time) {
        this.connection = connection;
        this.stored = new StoredEvents(protocol);
        this.inbox = new WebhookInbox(connection, store, time);
        this.states = new NewestStates(connection, store, time);
        this.worker =
                new QueueWorker(store, StoredWebhook.queue(connection), this::handle, Redelivery.standard(), time);
    }

    /** Adds a handler of a kind of event. An event goes to every handler whose kind it is; one without any is dropped. */
    public <E extends Event> WebhookDispatcher on(Class<E> type, EventHandler<? super E> handler) {
        handlers.put(type, event -> handler.handle(type.cast(event)));
        return this;
    }

    /**
     * Adds a handler whose changes belong into the transaction that marks the event as done. It is called after the other
     * handlers of the event; one kind has at most one.
     */
    public <E extends Event> WebhookDispatcher within(Class<E> type, TransactionalHandler<? super E> handler) {
        transactional.put(type, (event, inside) -> handler.handle(type.cast(event), inside));
        return this;
    }

    /**
     * Adds a source of events that are pulled: they are handed over like all others, and a stored {@link NewsWaiting} of
     * the source leads to reading on.
     *
     * @throws IllegalArgumentException if the source is of another connection, or one of its name is there already
     */
    public WebhookDispatcher pulls(Puller puller) {
        if (!puller.connection().equals(connection)) {
            throw new IllegalArgumentException("the source reads through another connection");
        }
        stored.add(puller);
        return this;
    }

    /**
     * Hands over what is due now, on the caller's thread.
     *
     * @return how many stored webhooks were looked at; 0 if nothing is due
     */
    public int dispatch() {
        return worker.work();
    }

    /** Hands over on threads of its own, woken by {@link WorkerThreads#wake} when something is stored. */
    public WorkerThreads start(int threads) {
        return WorkerThreads.start(worker, "trunkline-webhooks", threads);
    }

    private Completion handle(QueueItem item) throws Exception {
        StoredWebhook webhook = StoredWebhook.of(item.payload());
        Set<String> left = new HashSet<>(webhook.eventIds());
        List<Event> events = stored.of(webhook);
        if (webhook.eventIds().isEmpty()) {
            // It could not be read when it arrived: what it holds is new only if nobody has told it since.
            return inside -> inbox.keep(inside, webhook, stored.content(webhook), events);
        }
        List<Event> handled = new ArrayList<>();
        for (Event event : events) {
            boolean ours =
                    StoredWebhook.key(connection, event.header().entity()).equals(item.entity())
                            && left.remove(event.header().id());
            if (ours && !states.superseded(event)) {
                hand(event);
                handled.add(event);
            }
        }
        return inside -> complete(handled, inside);
    }

    private void complete(List<Event> events, Store inside) throws Exception {
        for (Event event : events) {
            if (states.superseded(event, inside)) {
                continue;
            }
            for (Map.Entry<Class<? extends Event>, TransactionalHandler<Event>> handler : transactional.entrySet()) {
                if (handler.getKey().isInstance(event)) {
                    handler.getValue().handle(event, inside);
                }
            }
            states.handled(event, inside);
        }
    }

    private void hand(Event event) throws Exception {
        if (event instanceof NewsWaiting news) {
            stored.puller(news.source()).pull(news);
        }
        for (Map.Entry<Class<? extends Event>, EventHandler<Event>> handler : handlers.entrySet()) {
            if (handler.getKey().isInstance(event)) {
                handler.getValue().handle(event);
            }
        }
    }
}
