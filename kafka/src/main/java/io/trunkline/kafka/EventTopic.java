package io.trunkline.kafka;

import io.trunkline.delivery.AsideException;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.NewsWaiting;
import io.trunkline.mapping.Json;
import io.trunkline.webhook.EventHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes events of an inbox to a topic, so that any number of consumers may handle them. An event is done when all
 * replicas have it; else the dispatcher calls again, and the same event may be there twice with the same idempotency key.
 * The key is connection and entity, so that the order within an entity holds. A {@link NewsWaiting} is nothing to tell:
 * what it leads to follows as events of its own. Thread-safe.
 */
public final class EventTopic implements EventHandler<Event>, AutoCloseable {

    /** How long an event is waited for, unless said otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String topic;
    private final Duration patience;
    private final Producer<byte[], byte[]> producer;

    private EventTopic(String topic, Duration patience, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.patience = patience;
        this.producer = producer;
    }

    /**
     * Opens a producer. Nothing is sent.
     *
     * @param client settings of Kafka's client, of which {@code bootstrap.servers} is required
     * @throws io.trunkline.error.ConfigurationException if a setting is wrong, or one that makes messages safe is among
     *     them
     */
    public static EventTopic open(String topic, Map<String, ?> client) {
        return open(topic, client, PATIENCE);
    }

    /**
     * As {@link #open(String, Map)}.
     *
     * @param patience how long an event is waited for before the dispatcher has it back, 1 second to 4 minutes
     * @throws IllegalArgumentException if the patience is out of bounds
     */
    public static EventTopic open(String topic, Map<String, ?> client, Duration patience) {
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofMinutes(4)) > 0) {
            throw new IllegalArgumentException("patience must be 1 second to 4 minutes");
        }
        return new EventTopic(topic, patience, ProducerSettings.open(ProducerSettings.safe(client, patience)));
    }

    /** Publishes an event and waits until all replicas have it. */
    @Override
    public void handle(Event event) throws AsideException, InterruptedException {
        if (event instanceof NewsWaiting) {
            return;
        }
        try {
            producer.send(message(event)).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (KafkaFailures.neverTaken(e)) {
                throw new AsideException("the topic " + topic + " never takes a message of this size");
            }
            throw KafkaFailures.of("event.publish", e);
        }
    }

    /** Closes the producer. */
    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private ProducerRecord<byte[], byte[]> message(Event event) throws AsideException {
        EventHeader header = event.header();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TopicHeaders.IDEMPOTENCY_KEY, header.connection() + "/" + header.id());
        headers.put(TopicHeaders.CONNECTION, header.connection());
        headers.put(TopicHeaders.TYPE, event.getClass().getSimpleName());
        headers.put(TopicHeaders.OCCURRED_AT, header.occurredAt().toString());
        byte[] key = (header.connection() + "/" + header.entity()).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key, Json.write(EventDocument.of(event)));
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return message;
    }
}
