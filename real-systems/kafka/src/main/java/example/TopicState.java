package example;

import io.trunkline.kafka.TopicHeaders;
import io.trunkline.mapping.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a topic of records holds: the newest state of each key, and which messages are there twice. */
final class TopicState implements AutoCloseable {

    private final String name;
    private final KafkaConsumer<String, byte[]> consumer;
    /** By key; empty for a deleted record. */
    private final Map<String, Optional<String>> newest = new HashMap<>();
    /** How often each idempotency key is there. */
    private final Map<String, Integer> times = new HashMap<>();
    /** The idempotency key of each record's state at a time, to see that it is one. */
    private final Map<String, String> versions = new HashMap<>();
    private int contradictions;

    TopicState(String brokers, String topic, String name) {
        this.name = name;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what is new. */
    void read() {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
    }

    int messages() {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }

    int keys() {
        return newest.size();
    }

    /** Messages that repeat another with the same idempotency key. */
    int repeated() {
        return messages() - times.size();
    }

    /** Messages of one version of a record that have another idempotency key. */
    int contradictions() {
        return contradictions;
    }

    /** Rows of the platform that are not here as they are there. */
    long differences(List<Map<String, Object>> rows) {
        return rows.stream().filter(row -> !same(row)).count();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean same(Map<String, Object> row) {
        Optional<String> there = newest.get(String.valueOf(row.get("Id")));
        Optional<String> expected = Boolean.TRUE.equals(row.get("IsDeleted"))
                ? Optional.empty()
                : Optional.of(String.valueOf(row.get(name)));
        return expected.equals(there);
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        String key = header(message, TopicHeaders.IDEMPOTENCY_KEY);
        times.merge(key, 1, Integer::sum);
        Optional<String> state = Optional.ofNullable(message.value())
                .map(value -> String.valueOf(Json.object(value).get(name)));
        newest.put(message.key(), state);
        // What changes just then may be read half changed, because the platform's rows here know no transactions.
        if (state.filter(text -> !text.startsWith("changed")).isPresent()) {
            String version = message.key() + " " + header(message, TopicHeaders.CHANGED_AT);
            String before = versions.putIfAbsent(version, key);
            contradictions += before == null || before.equals(key) ? 0 : 1;
        }
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
