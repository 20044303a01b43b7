package example;

import io.trunkline.mapping.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A group of consumers of a topic of messages, each on its thread; what was handled is committed. */
final class Consumers implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Consumers(String brokers, String topic, String group, int count, Times times) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> consume(brokers, topic, group, times), group + "-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread each : threads) {
            each.join();
        }
    }

    private void consume(String brokers, String topic, String group, Times times) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers,
                "group.id", group,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!closed) {
                var messages = consumer.poll(Duration.ofMillis(200));
                messages.forEach(message ->
                        times.done(Messages.sent(String.valueOf(Json.object(message.value()).get("text")))));
                if (!messages.isEmpty()) {
                    consumer.commitSync();
                }
            }
        }
    }
}
