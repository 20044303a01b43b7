package io.trunkline.kafka;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How producers are made: what makes a message safe is ours to set, everything else the application's. */
final class ProducerSettings {

    private static final List<String> OURS = List.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    private ProducerSettings() {}

    /**
     * Settings whose messages are on all replicas when they are acknowledged, and given up when half the patience is over.
     *
     * @throws ConfigurationException if the application sets what is not its to set, or no brokers
     */
    static Map<String, Object> safe(Map<String, ?> client, Duration patience) {
        List<String> taken = OURS.stream().filter(client::containsKey).sorted().toList();
        if (!taken.isEmpty()) {
            throw wrong(String.join(", ", taken) + " must be left out: it is what makes a message safe");
        }
        if (!client.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw wrong(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG + " is required, but was not set");
        }
        int half = Math.toIntExact(patience.toMillis() / 2);
        Map<String, Object> settings = new LinkedHashMap<>(client);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, half);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, half);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, half / 2);
        return settings;
    }

    /**
     * A producer of messages that are bytes already.
     *
     * @throws ConfigurationException if a setting is wrong
     */
    static KafkaProducer<byte[], byte[]> open(Map<String, Object> settings) {
        try {
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable cause = KafkaFailures.cause(e);
            throw wrong("the settings of the Kafka client are wrong: " + cause.getMessage());
        }
    }

    private static ConfigurationException wrong(String problem) {
        return new ConfigurationException(problem, ErrorContext.of("kafka", "open", ErrorKind.CONFIGURATION), null);
    }
}
