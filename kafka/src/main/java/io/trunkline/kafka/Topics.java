package io.trunkline.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics that are there when they are needed. */
final class Topics {

    private Topics() {}

    /** Makes a compacted topic with the brokers' own number of partitions and replicas, if there is none of the name. */
    static void ensure(String topic, Map<String, Object> client, Duration patience) {
        Map<String, Object> settings = new LinkedHashMap<>(client);
        int millis = Math.toIntExact(patience.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        try (Admin admin = Admin.create(settings)) {
            if (!exists(admin, topic)) {
                NewTopic made = new NewTopic(topic, Optional.empty(), Optional.empty())
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
                admin.createTopics(List.of(made)).all().get();
            }
        } catch (ExecutionException | InterruptedException | KafkaException e) {
            if (!(KafkaFailures.cause(e) instanceof TopicExistsException)) {
                throw KafkaFailures.of("sink.open", e);
            }
        }
    }

    private static boolean exists(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
