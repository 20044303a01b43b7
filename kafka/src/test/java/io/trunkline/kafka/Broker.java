package io.trunkline.kafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Predicate;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesVersion;
import org.apache.kafka.metadata.properties.PropertiesUtils;

/** A real broker of Kafka in this process, on the loopback address and free ports; one for all tests. */
final class Broker {

    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, Object> client;

    private Broker(Map<String, Object> client) {
        this.client = client;
    }

    private static final class Running {
        static final Broker ONE = started();
    }

    static Broker running() {
        return Running.ONE;
    }

    /** Settings of a client. */
    Map<String, Object> client() {
        return client;
    }

    /** A new topic; its name. */
    String topic(int partitions, Map<String, String> settings) {
        String name = "t-" + UUID.randomUUID();
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    /** What a reader of committed messages finds in a topic until a condition holds or half a minute is over. */
    List<ConsumerRecord<String, byte[]>> read(String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
            while (!enough.test(found) && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    /** The text of a header. */
    static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Broker started() {
        try {
            Path folder = Files.createTempDirectory("trunkline-kafka");
            folder.toFile().deleteOnExit();
            int[] ports = freePorts();
            format(folder);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings(folder, ports), false), Time.SYSTEM);
            server.startup();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.shutdown();
                delete(folder.toFile());
            }));
            return new Broker(Map.of("bootstrap.servers", "127.0.0.1:" + ports[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void format(Path folder) throws IOException {
        MetaProperties properties = new MetaProperties.Builder()
                .setVersion(MetaPropertiesVersion.V1)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectoryId(Uuid.randomUuid())
                .build();
        PropertiesUtils.writePropertiesFile(
                properties.toProperties(),
                folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME).toString(),
                true);
    }

    private static Properties settings(Path folder, int[] ports) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + ports[1],
                "listeners", "PLAINTEXT://127.0.0.1:" + ports[0] + ",CONTROLLER://127.0.0.1:" + ports[1],
                "controller.listener.names", "CONTROLLER",
                "log.dirs", folder.toString(),
                "num.partitions", "3",
                "group.initial.rebalance.delay.ms", "0"));
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    private static void delete(File file) {
        File[] inside = file.listFiles();
        if (inside != null) {
            for (File each : inside) {
                delete(each);
            }
        }
        file.delete();
    }
}
