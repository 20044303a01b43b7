package io.trunkline.crm.requesttracker;

import io.trunkline.event.Event;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import io.trunkline.webhook.StandardWebhooks;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of the scrip that docs/request-tracker.md gives: the transactions of one change, signed as Standard Webhooks. The
 * platform has no webhooks of its own.
 */
final class RequestTrackerWebhooks implements WebhookProtocol {

    private final RequestTrackerEvents events;
    private final StandardWebhooks signatures;

    RequestTrackerWebhooks(RequestTrackerDesk desk, Secret secret) {
        this.events = new RequestTrackerEvents(desk);
        this.signatures = StandardWebhooks.secrets(List.of(secret));
    }

    @Override
    public void verify(WebhookRequest request) {
        signatures.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        List<Event> told = new ArrayList<>();
        items(request).forEach(item -> told.add(events.event(item)));
        return told;
    }

    /** What a listing would give of the transactions, so that both are the same. */
    @Override
    public byte[] content(WebhookRequest request) {
        List<Map<String, @Nullable Object>> items = items(request);
        return Json.write(items.size() == 1 ? items.get(0) : items);
    }

    private List<Map<String, @Nullable Object>> items(WebhookRequest request) {
        if (!(Json.object(request.body()).get("transactions") instanceof List<?> sent)) {
            throw new MalformedDataException("the webhook tells no transactions");
        }
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Object one : sent) {
            if (!(one instanceof Map<?, ?>)) {
                throw new MalformedDataException("a transaction is none");
            }
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> row = (Map<String, @Nullable Object>) one;
            if (events.tells(RequestTrackerRow.text(row, "Type"))) {
                items.add(events.item(row));
            }
        }
        return items;
    }
}
