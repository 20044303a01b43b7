package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A broker of Kafka in a process of its own, on the loopback address. */
final class KafkaBroker {

    private KafkaBroker() {}

    /** Starts it and waits until it answers; gives its address. */
    static String start(Processes processes, Path work) throws Exception {
        int[] ports = Processes.freePorts(2);
        String address = "127.0.0.1:" + ports[0];
        String file = processes.properties("broker.properties", settings(work, ports));
        processes.run(
                "kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c", file);
        Process broker = processes.start("kafka.Kafka", 400, file);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Waiting.until("the broker answers", 60, () -> {
                if (!broker.isAlive()) {
                    throw new IOException("the broker ended");
                }
                return admin.describeCluster().nodes().get().size() == 1;
            });
        }
        return address;
    }

    private static Map<String, String> settings(Path work, int[] ports) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + ports[1],
                "listeners", "PLAINTEXT://127.0.0.1:" + ports[0] + ",CONTROLLER://127.0.0.1:" + ports[1],
                "controller.listener.names", "CONTROLLER",
                "log.dirs", Files.createTempDirectory(work, "broker").toString(),
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1"));
        settings.put("num.partitions", "3");
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }
}
