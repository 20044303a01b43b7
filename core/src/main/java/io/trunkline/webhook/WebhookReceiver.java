package io.trunkline.webhook;

import io.trunkline.error.ConnectorException;
import io.trunkline.event.Event;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intake of one connection's webhooks: raw request in, reply out. It checks the signature, answers handshakes,
 * stores what is new, and only then acknowledges; a {@link WebhookDispatcher} hands the events to handlers afterwards.
 * Whatever goes wrong before an event is stored, the platform is not told that it arrived. Thread-safe.
 */
public final class WebhookReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    /** How long an event's id is remembered; platforms repeat for up to three days. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final String connection;
    private final WebhookProtocol protocol;
    private final Store store;
    private final TimeSource time;
    private final Runnable stored;

    /**
     * An intake. Its dispatcher must be of the same connection and store.
     *
     * @param stored called after something was stored, so that a dispatcher need not poll
     */
    public WebhookReceiver(String connection, WebhookProtocol protocol, Store store, TimeSource time, Runnable stored) {
        this.connection = connection;
        this.protocol = protocol;
        this.store = store;
        this.time = time;
        this.stored = stored;
    }

    /** The most bytes of a body that this platform sends; an adapter need not read more. */
    public int largestBody() {
        return protocol.largestBody();
    }

    /**
     * Takes a request: 401 if it is forged, 413 if it is too large, 400 if it cannot be read, 503 if it cannot be stored,
     * otherwise what the platform wants to hear.
     */
    public WebhookReply receive(WebhookRequest request) {
        if (request.bodySize() > protocol.largestBody()) {
            return WebhookReply.status(413);
        }
        try {
            protocol.verify(request);
        } catch (ForgedWebhookException e) {
            LOG.warn("{} refused a webhook: {}", connection, e.getMessage());
            return WebhookReply.status(401);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not check a webhook ({}) and refused it",
                    connection,
                    e.getClass().getName());
            return WebhookReply.status(401);
        }
        return answered(request);
    }

    private WebhookReply answered(WebhookRequest request) {
        Map<String, List<String>> idsByEntity = new LinkedHashMap<>();
        try {
            Optional<WebhookReply> handshake = protocol.handshake(request);
            if (handshake.isPresent()) {
                return handshake.get();
            }
            for (Event event : protocol.decode(request)) {
                idsByEntity
                        .computeIfAbsent(event.header().entity(), entity -> new ArrayList<>())
                        .add(event.header().id());
            }
        } catch (ConnectorException | IllegalArgumentException | ForgedWebhookException e) {
            LOG.warn(
                    "{} sent a webhook that cannot be read ({})",
                    connection,
                    e.getClass().getName());
            return WebhookReply.status(400);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} sent a webhook that its connector cannot read ({})",
                    connection,
                    e.getClass().getName());
            return WebhookReply.status(400);
        }
        return kept(request, idsByEntity);
    }

    private WebhookReply kept(WebhookRequest request, Map<String, List<String>> idsByEntity) {
        try {
            int kept = store.atomically(inside -> keep(inside, request, idsByEntity));
            if (kept > 0) {
                stored.run();
            }
            return protocol.acknowledgement(request);
        } catch (RuntimeException e) {
            LOG.warn("{} sent a webhook that could not be stored ({}); it will come again", connection, e.getClass());
            return WebhookReply.status(503);
        }
    }

    private int keep(Store inside, WebhookRequest request, Map<String, List<String>> idsByEntity) {
        Values seen = inside.values(StoredWebhook.SEEN);
        OrderedQueue queue = inside.queue(StoredWebhook.queue(connection));
        int kept = 0;
        for (Map.Entry<String, List<String>> entity : idsByEntity.entrySet()) {
            List<String> fresh = entity.getValue().stream()
                    .distinct()
                    .filter(id -> seen.claim(
                            StoredWebhook.key(connection, id),
                            new byte[0],
                            time.now().plus(REMEMBERED)))
                    .toList();
            if (!fresh.isEmpty()) {
                byte[] payload = new StoredWebhook(request, fresh).bytes();
                queue.add(StoredWebhook.key(connection, entity.getKey()), payload, time.now(), null);
                kept++;
            }
        }
        return kept;
    }
}
