package io.trunkline.webhook;

import io.trunkline.event.Event;
import java.util.List;
import java.util.Optional;

/**
 * How one platform calls: its signature, its handshake, its body and the acknowledgement it wants. Offered by a
 * connection as a client; a connection without the secret to verify with does not offer it. Thread-safe.
 */
public interface WebhookProtocol {

    /**
     * Checks who sent the request, on the raw bytes, before anything of it is read.
     *
     * @throws ForgedWebhookException if it is not provably the platform's, whatever the reason
     */
    void verify(WebhookRequest request);

    /** The answer to a request that only tests the address; empty for all others. Called on verified requests. */
    default Optional<WebhookReply> handshake(WebhookRequest request) {
        return Optional.empty();
    }

    /**
     * What the request says happened, in the platform's order; possibly nothing that concerns anybody. Called on
     * verified requests; the same request always gives the same events.
     *
     * @throws io.trunkline.mapping.MalformedDataException if it is not what the platform documents
     */
    List<Event> decode(WebhookRequest request);

    /**
     * What is the same whenever the platform tells the same again, by which a contradiction is found; the body by default.
     * A platform that counts its attempts in the body leaves the counter out here.
     */
    default byte[] content(WebhookRequest request) {
        return request.body();
    }

    /** The answer that tells the platform that the events are safe. */
    default WebhookReply acknowledgement(WebhookRequest request) {
        return WebhookReply.status(200);
    }

    /** The largest body that the platform sends, in bytes; a mebibyte by default. */
    default int largestBody() {
        return 1 << 20;
    }
}
