package io.trunkline.webhook;

import io.trunkline.error.ConnectorException;
import io.trunkline.event.Event;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The intake of one connection's webhooks: raw request in, reply out. It checks the signature, answers handshakes,
 * stores what is new, and only then acknowledges; a {@link WebhookDispatcher} hands the events to handlers afterwards.
 * Whatever goes wrong before an event is stored, the platform is not told that it arrived. Thread-safe.
 */
public final class WebhookReceiver {

    private static final MaskedLog LOG = MaskedLog.of(WebhookReceiver.class);

    /** Far more than the store can write at once; whoever comes on top is told to come again. */
    private static final int MOST_AT_ONCE = 128;

    private static final int LARGEST_HEAD = 64 << 10;

    private final String connection;
    private final WebhookProtocol protocol;
    private final WebhookInbox inbox;
    private final TimeSource time;
    private final Runnable stored;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /**
     * An intake. Its dispatcher must be of the same connection and store.
     *
     * @param stored called after something was stored, so that a dispatcher need not poll
     */
    public WebhookReceiver(String connection, WebhookProtocol protocol, Store store, TimeSource time, Runnable stored) {
        this.connection = connection;
        this.protocol = protocol;
        this.inbox = new WebhookInbox(connection, store, time);
        this.time = time;
        this.stored = stored;
    }

    /** The most bytes of a body that this platform sends; an adapter need not read more. */
    public int largestBody() {
        return protocol.largestBody();
    }

    /**
     * Takes a request: 413 if its body is too large and 400 its head, 429 if 128 others are in work, 401 if it is forged
     * and 503 if that cannot be told, 400 if it cannot be read, 503 if it cannot be stored, otherwise what the platform
     * wants to hear.
     */
    public WebhookReply receive(WebhookRequest request) {
        if (request.bodySize() > protocol.largestBody()) {
            return WebhookReply.status(413);
        }
        if (request.headSize() > LARGEST_HEAD) {
            return WebhookReply.status(400);
        }
        if (!room.tryAcquire()) {
            return WebhookReply.status(429);
        }
        try {
            return refusal(request).orElseGet(() -> answer(request));
        } finally {
            room.release();
        }
    }

    /** Requests that told an event again with another content, oldest first; they were not handed to any handler. */
    public Page<QueueItem> conflicts(Optional<String> cursor, int limit) {
        return inbox.conflicts(cursor, limit);
    }

    TimeSource time() {
        return time;
    }

    Instant now() {
        return time.now();
    }

    private Optional<WebhookReply> refusal(WebhookRequest request) {
        try {
            protocol.verify(request);
            return Optional.empty();
        } catch (ForgedWebhookException e) {
            LOG.warn("{} refused a webhook: {}", connection, e.getMessage());
            return Optional.of(WebhookReply.status(401));
        } catch (MalformedDataException e) {
            LOG.warn("{} refused a webhook whose signed parts cannot be read", connection);
            return Optional.of(WebhookReply.status(401));
        } catch (RuntimeException e) {
            LOG.warn("{} could not check a webhook ({}) and refused it", connection, e.getClass());
            return Optional.of(WebhookReply.status(503));
        }
    }

    private WebhookReply answer(WebhookRequest request) {
        try {
            Optional<WebhookReply> handshake = protocol.handshake(request);
            return handshake.isPresent() ? handshake.get() : kept(request, protocol.decode(request));
        } catch (ConnectorException | MalformedDataException | IllegalArgumentException | ForgedWebhookException e) {
            LOG.warn("{} sent a webhook that cannot be read ({})", connection, e.getClass());
            return WebhookReply.status(400);
        } catch (RuntimeException e) {
            LOG.warn("{} sent a webhook that its connector fails to read ({})", connection, e.getClass());
            return WebhookReply.status(500);
        }
    }

    private WebhookReply kept(WebhookRequest request, List<Event> events) {
        try {
            if (inbox.keep(StoredWebhook.called(request), protocol.content(request), events) > 0) {
                stored.run();
            }
            return protocol.acknowledgement(request);
        } catch (RuntimeException e) {
            LOG.warn("{} sent a webhook that could not be stored ({}); it will come again", connection, e.getClass());
            return WebhookReply.status(503);
        }
    }
}
