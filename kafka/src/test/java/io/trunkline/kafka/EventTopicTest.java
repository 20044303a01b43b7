package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.delivery.AsideException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.NewsWaiting;
import io.trunkline.event.ReceiptReceived;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.Json;
import io.trunkline.poll.PolledFeed;
import io.trunkline.store.Store;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.Puller;
import io.trunkline.webhook.WebhookDispatcher;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class EventTopicTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private final Broker broker = Broker.running();

    @Test
    void handle_message_isADocumentUnderItsEntityWithTheEventsIdAsIdempotencyKey() throws Exception {
        String topic = broker.topic(3, Map.of());
        String from = Canary.phone();
        String text = Canary.text();
        EventHeader header = new EventHeader("sms", "SM1", from, AT, 7L);

        try (EventTopic events = EventTopic.open(topic, broker.client())) {
            events.handle(new MessageReceived(
                    header, "sms", "SM1", from, "+4930123", text, List.of(URI.create("https://example.test/1"))));
        }

        ConsumerRecord<String, byte[]> message = only(topic);
        assertEquals("sms/" + from, message.key());
        assertEquals("sms/SM1", Broker.header(message, TopicHeaders.IDEMPOTENCY_KEY));
        assertEquals("MessageReceived", Broker.header(message, TopicHeaders.TYPE));
        assertEquals(AT.toString(), Broker.header(message, TopicHeaders.OCCURRED_AT));
        Map<String, Object> document = Json.object(message.value());
        assertEquals(text, document.get("text"));
        assertEquals(List.of("https://example.test/1"), document.get("media"));
        assertEquals(
                Map.of(
                        "connection",
                        "sms",
                        "id",
                        "SM1",
                        "entity",
                        from,
                        "occurredAt",
                        AT.toString(),
                        "sequence",
                        7L,
                        "virtual",
                        false),
                document.get("header"));
    }

    @Test
    void handle_eachKind_hasItsFields() throws Exception {
        String topic = broker.topic(1, Map.of());
        EventHeader header = new EventHeader("crm", "e1", "Contact/1", AT, null);

        try (EventTopic events = EventTopic.open(topic, broker.client())) {
            events.handle(new RecordChanged(
                    header, RecordRef.of("crm", "Contact", "1"), RecordChanged.Change.DELETED, Map.of("A", 1L)));
            events.handle(new ReceiptReceived(header, "m1", DeliveryStatus.FAILED, "undelivered", "30003"));
        }

        List<Map<String, Object>> documents = broker.read(topic, found -> found.size() >= 2).stream()
                .map(message -> Json.object(message.value()))
                .toList();
        assertEquals("DELETED", documents.get(0).get("change"));
        assertEquals(Map.of("A", 1L), documents.get(0).get("fields"));
        assertEquals(
                Map.of("connection", "crm", "type", "Contact", "id", "1"),
                documents.get(0).get("ref"));
        assertEquals("FAILED", documents.get(1).get("status"));
        assertEquals("30003", documents.get(1).get("errorCode"));
    }

    @Test
    void handle_newsWaiting_publishesNothingAndNoTicket() throws Exception {
        String topic = broker.topic(1, Map.of());
        EventHeader header = new EventHeader("crm", "e1", "mailbox", AT, null);

        try (EventTopic events = EventTopic.open(topic, broker.client())) {
            events.handle(new NewsWaiting(header, "mail", "mailbox", Secret.of(Canary.secret())));
            events.handle(new ReceiptReceived(header, "m1", DeliveryStatus.SENT, "sent", null));
        }

        assertEquals("ReceiptReceived", Broker.header(only(topic), TopicHeaders.TYPE));
    }

    @Test
    void handle_messageTooLarge_isPutAsideAtOnce() {
        String topic = broker.topic(1, Map.of("max.message.bytes", "5000"));
        EventHeader header = new EventHeader("sms", "SM1", "conversation", AT, null);
        String text = Canary.plant("y".repeat(20_000));

        try (EventTopic events = EventTopic.open(topic, broker.client())) {
            Leaks.saw(assertThrows(
                    AsideException.class,
                    () -> events.handle(new MessageReceived(header, "sms", "SM1", "a", "b", text, List.of()))));
        }
    }

    @Test
    void handle_eventThatIsNoRecord_isPutAside() {
        String topic = broker.topic(1, Map.of());

        try (EventTopic events = EventTopic.open(topic, broker.client())) {
            assertThrows(
                    AsideException.class,
                    () -> events.handle(new Event() {
                        @Override
                        public EventHeader header() {
                            return new EventHeader("crm", "e1", "x", AT, null);
                        }
                    }));
        }
    }

    @Test
    void handle_noBrokerThere_failsWithinItsPatienceToBeTriedAgain() {
        EventHeader header = new EventHeader("sms", "SM1", "conversation", AT, null);
        String text = Canary.text();
        Duration patience = Duration.ofSeconds(2);
        long start = System.nanoTime();

        try (EventTopic events = EventTopic.open("t", Map.of("bootstrap.servers", "127.0.0.1:1"), patience)) {
            Leaks.saw(assertThrows(
                    RetryLaterException.class,
                    () -> events.handle(new MessageReceived(header, "sms", "SM1", "a", "b", text, List.of()))));
            assertTrue(System.nanoTime() - start < patience.toNanos() + 2_000_000_000L);
        }
    }

    @Test
    void dispatch_throughAnInbox_publishesEachEventInOrderForItsEntity() {
        String topic = broker.topic(3, Map.of());
        VirtualClock clock = VirtualClock.single();
        TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
        MemoryFeed feed = new MemoryFeed("crm");
        for (int i = 0; i < 60; i++) {
            feed.put("Contact", "c" + i % 6, Map.of("N", (long) i));
        }

        try (Store store = Store.inMemory(time);
                EventTopic events = EventTopic.open(topic, broker.client())) {
            Puller puller =
                    new Puller(PolledFeed.withAllThereIs(feed, Set.of("Contact")), store, time, Duration.ofMinutes(1));
            WebhookDispatcher dispatcher =
                    new WebhookDispatcher("crm", store, time).pulls(puller).on(RecordChanged.class, events);
            puller.sweep();
            while (dispatcher.dispatch() > 0) {
                clock.advance(Duration.ofMillis(1));
            }
        }

        List<ConsumerRecord<String, byte[]>> found = broker.read(topic, messages -> messages.size() >= 6);
        assertFalse(found.isEmpty());
        for (int entity = 0; entity < 6; entity++) {
            String key = "crm/Contact/c" + entity;
            List<Long> numbers = found.stream()
                    .filter(message -> message.key().equals(key))
                    .map(message -> (Map<?, ?>) Json.object(message.value()).get("fields"))
                    .map(fields -> (Long) fields.get("N"))
                    .toList();
            assertEquals(numbers.stream().sorted().toList(), numbers);
            assertEquals(54L + entity, numbers.get(numbers.size() - 1));
        }
    }

    private ConsumerRecord<String, byte[]> only(String topic) {
        List<ConsumerRecord<String, byte[]>> found = broker.read(topic, messages -> !messages.isEmpty());
        assertEquals(1, found.size());
        return found.get(0);
    }
}
