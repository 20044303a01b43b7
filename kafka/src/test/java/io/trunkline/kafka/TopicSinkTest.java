package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConflictException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.mapping.Json;
import io.trunkline.sync.Change;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class TopicSinkTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00.123Z");
    private static final SinkStream STREAM = new SinkStream("people", "Contact", 1);

    private final Broker broker = Broker.running();

    @Test
    void write_changedAndDeleted_areStateAndTombstoneUnderTheRecordsId() {
        String topic = broker.topic(3, Map.of());
        BigDecimal exact = new BigDecimal("12345678901234567890.10");

        SinkResult result = write(
                topic,
                record("c1", Map.of("LastName", "Meier", "Sum", exact, "Tags", List.of("a", "b"))),
                deleted("c2", Map.of("MasterRecordId", "c1")));

        assertEquals(SinkResult.all(2), result);
        Map<String, ConsumerRecord<String, byte[]>> found = byKey(topic, 2);
        assertEquals(
                Map.of("LastName", "Meier", "Sum", exact, "Tags", List.of("a", "b")),
                Json.object(found.get("c1").value()));
        assertEquals("crm", Broker.header(found.get("c1"), TopicHeaders.CONNECTION));
        assertEquals("Contact", Broker.header(found.get("c1"), TopicHeaders.TYPE));
        assertEquals(AT.toString(), Broker.header(found.get("c1"), TopicHeaders.CHANGED_AT));
        assertNull(found.get("c2").value());
        assertEquals("{\"MasterRecordId\":\"c1\"}", Broker.header(found.get("c2"), TopicHeaders.REPLACEMENT));
    }

    @Test
    void write_batchOnceMore_hasTheSameIdempotencyKeys() {
        String topic = broker.topic(1, Map.of());
        write(topic, record("c1", Map.of("A", 1L, "B", 2L)));

        write(topic, record("c1", new TreeMap<>(Map.of("B", 2L, "A", 1L))));
        write(topic, record("c1", Map.of("A", 1L, "B", 3L)));

        List<String> keys = broker.read(topic, found -> found.size() >= 3).stream()
                .map(message -> Broker.header(message, TopicHeaders.IDEMPOTENCY_KEY))
                .toList();
        assertEquals(keys.get(0), keys.get(1));
        assertFalse(keys.get(1).equals(keys.get(2)));
        assertTrue(keys.get(0).startsWith("crm/Contact/c1/" + AT + "/"), keys.get(0));
    }

    @Test
    void write_recordTooLargeForTheTopic_refusesItAloneAndWritesTheOthersOnce() {
        String topic = broker.topic(1, Map.of("max.message.bytes", "20000"));

        SinkResult result = write(
                topic,
                record("c1", Map.of("Note", "short")),
                record("c2", Map.of("Note", Canary.plant("x".repeat(50_000)))),
                record("c3", Map.of("Note", "short")));

        assertEquals(2, result.written());
        assertEquals(List.of("c2"), ids(result));
        assertEquals(
                List.of("c1", "c3"),
                broker.read(topic, found -> found.size() >= 2).stream()
                        .map(ConsumerRecord::key)
                        .toList());
    }

    @Test
    void write_valueThatNoDocumentHolds_isRefusedByItsField() {
        String topic = broker.topic(1, Map.of());

        SinkResult result = write(topic, record("c1", Map.of("Score", Double.NaN)), record("c2", Map.of()));

        assertEquals(List.of("c1"), ids(result));
        assertEquals(
                "field Score: a number that is none", result.refused().get(0).reason());
        assertEquals(1, broker.read(topic, found -> found.size() >= 1).size());
    }

    @Test
    void X52_write_byARunThatHasOverslept_isShutOut() {
        String topic = broker.topic(1, Map.of());
        try (TopicSink overslept = TopicSink.to(topic, broker.client());
                TopicSink next = TopicSink.to(topic, broker.client())) {
            overslept.open(STREAM);
            next.open(new SinkStream(STREAM.name(), STREAM.type(), 2));
            next.write(batch(record("c1", Map.of("A", "new"))));

            assertThrows(ConflictException.class, () -> overslept.write(batch(record("c1", Map.of("A", "old")))));

            next.write(batch(record("c2", Map.of())));
            assertEquals(
                    List.of("c1", "c2"),
                    broker.read(topic, found -> found.size() >= 2).stream()
                            .map(ConsumerRecord::key)
                            .toList());
        }
    }

    @Test
    void open_topicMissing_makesItCompacted() throws Exception {
        String topic = "made-" + UUID.randomUUID();
        try (TopicSink sink = TopicSink.to(topic, broker.client());
                Admin admin = Admin.create(broker.client())) {
            assertEquals(Optional.empty(), sink.open(STREAM));

            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            assertEquals(
                    "compact",
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .get(resource)
                            .get("cleanup.policy")
                            .value());
            assertEquals(
                    3,
                    admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions()
                            .size());
        }
    }

    @Test
    void open_noBrokerThere_mayBeTriedLater() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (TopicSink sink = TopicSink.to("people", nowhere, Duration.ofSeconds(2))) {
            Leaks.saw(assertThrows(RetryLaterException.class, () -> sink.open(STREAM)));
        }
    }

    @Test
    void to_settingThatMakesMessagesSafe_isRefusedByName() {
        Map<String, Object> client = new HashMap<>(broker.client());
        client.put("acks", "0");

        ConfigurationException refused =
                Leaks.saw(assertThrows(ConfigurationException.class, () -> TopicSink.to("people", client)));

        assertTrue(refused.getMessage().contains("acks must be left out"), refused.getMessage());
    }

    private SinkResult write(String topic, Change... records) {
        try (TopicSink sink = TopicSink.to(topic, broker.client())) {
            sink.open(STREAM);
            return sink.write(batch(records));
        }
    }

    private Map<String, ConsumerRecord<String, byte[]>> byKey(String topic, int count) {
        Map<String, ConsumerRecord<String, byte[]>> found = new HashMap<>();
        broker.read(topic, messages -> messages.size() >= count).forEach(each -> found.put(each.key(), each));
        return found;
    }

    private static List<String> ids(SinkResult result) {
        return result.refused().stream().map(each -> each.record().ref().id()).toList();
    }

    private static SinkBatch batch(Change... records) {
        return new SinkBatch(STREAM.name(), List.of(records), new SyncCursor("7"), 1);
    }

    static Change record(String id, Map<String, Object> fields) {
        return new Change(RecordRef.of("crm", "Contact", id), false, AT, fields);
    }

    static Change deleted(String id, Map<String, Object> left) {
        return new Change(RecordRef.of("crm", "Contact", id), true, AT, left);
    }
}
