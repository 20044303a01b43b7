package io.trunkline.webhook;

import io.trunkline.event.Event;
import java.util.List;

/** A protocol that does as another one, but for what a test changes. */
class Delegate implements WebhookProtocol {

    private final WebhookProtocol other;

    Delegate(WebhookProtocol other) {
        this.other = other;
    }

    @Override
    public void verify(WebhookRequest request) {
        other.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        return other.decode(request);
    }
}
