package io.trunkline.operator;

import io.trunkline.checks.Canary;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.sync.ListFeed;
import io.trunkline.sync.MemorySink;
import io.trunkline.sync.PoisonException;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.StoredWebhook;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bad day: a platform whose events are about persons, a handler that fails as long as it is told to, and a
 * synchronisation with a record that does not fit yet.
 */
final class Incident {

    static final String INBOX = StoredWebhook.queue("chat");

    final String phone = Canary.phone();
    final String email = Canary.email();
    final String name = Canary.text();
    final String token = Canary.secret();
    final List<String> handled = new ArrayList<>();
    final MemorySink.Table table = new MemorySink.Table();
    final SyncRunner runner;
    final SyncJob job;
    boolean broken = true;
    boolean unfit = true;
    private final TimeSource time;
    private final WebhookReceiver receiver;
    private final WebhookDispatcher dispatcher;
    private final ListFeed feed;

    Incident(Store store, TimeSource time) {
        this.time = time;
        WebhookProtocol protocol = new Messages();
        this.receiver = new WebhookReceiver("chat", protocol, store, time, () -> {});
        this.dispatcher = new WebhookDispatcher("chat", protocol, store, time).on(MessageReceived.class, this::handle);
        this.runner = new SyncRunner(store, time);
        this.feed = new ListFeed(time.now());
        feed.put("r1", time.now(), Map.of("name", name));
        feed.put(phone, time.now(), Map.of("name", name, "email", email, "type", "lead"));
        this.job = SyncJob.named("contacts")
                .from(feed, ListFeed.TYPE)
                .transform(record -> {
                    if (unfit && record.ref().id().equals(phone)) {
                        throw new PoisonException("the birthday of " + email + " lies in the future");
                    }
                    return Optional.of(record);
                })
                .into(() -> new MemorySink(table, true));
    }

    /** An event about a customer arrives. */
    void arrives(String id, String customer) {
        String body =
                "{\"id\":\"" + id + "\",\"type\":\"message.created\",\"customer\":\"" + customer + "\",\"count\":7,"
                        + "\"at\":\"2026-03-01T08:00:00Z\",\"sender\":{\"email\":\"" + email + "\",\"status\":\"" + name
                        + "\"},\"tags\":[\"" + name + "\",true,4477009001234]}";
        receiver.receive(new WebhookRequest(
                "POST",
                URI.create("https://calls.test/hook/" + email + "?token=" + token),
                Map.of("Authorization", List.of("Bearer " + token)),
                body.getBytes(StandardCharsets.UTF_8),
                time.now()));
    }

    /** All that is due is handed over. */
    void works() {
        while (dispatcher.dispatch() > 0) {
            // Until nothing is due.
        }
    }

    private void handle(MessageReceived event) {
        if (broken) {
            throw new IllegalStateException("no desk for " + email);
        }
        handled.add(event.header().id());
    }

    /** The platform of this day. */
    private static final class Messages implements WebhookProtocol {

        @Override
        public void verify(WebhookRequest request) {
            // Who calls is not what these tests are about.
        }

        @Override
        public List<Event> decode(WebhookRequest request) {
            Map<String, Object> fields = Json.object(request.body());
            Instant at = request.receivedAt();
            EventHeader header = new EventHeader(
                    "chat", String.valueOf(fields.get("id")), String.valueOf(fields.get("customer")), at, null);
            return List.of(new MessageReceived(header, "chat", "m", "a", "b", "text", List.of()));
        }
    }

    /** As long as the longest pause, and a little. */
    static Duration pause() {
        return Duration.ofHours(11);
    }
}
