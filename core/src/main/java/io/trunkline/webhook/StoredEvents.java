package io.trunkline.webhook;

import io.trunkline.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what an inbox holds: requests by the platform's protocol, pulled items by what pulled them. */
final class StoredEvents {

    private final Optional<WebhookProtocol> protocol;
    private final Map<String, Puller> pullers = new HashMap<>();

    StoredEvents(Optional<WebhookProtocol> protocol) {
        this.protocol = protocol;
    }

    void add(Puller puller) {
        if (pullers.putIfAbsent(puller.name(), puller) != null) {
            throw new IllegalArgumentException("there is a source " + puller.name() + " already");
        }
    }

    Puller puller(String source) {
        Puller puller = pullers.get(source.replace(Puller.GAPS, ""));
        if (puller == null) {
            throw new IllegalStateException("no source " + source + " was added to the dispatcher");
        }
        return puller;
    }

    List<Event> of(StoredWebhook stored) {
        return stored.source().isEmpty()
                ? protocol().decode(stored.request())
                : puller(stored.source()).decode(stored);
    }

    byte[] content(StoredWebhook stored) {
        return stored.source().isEmpty()
                ? protocol().content(stored.request())
                : puller(stored.source()).content(stored);
    }

    private WebhookProtocol protocol() {
        return protocol.orElseThrow(() -> new IllegalStateException("the dispatcher was made without a protocol"));
    }
}
