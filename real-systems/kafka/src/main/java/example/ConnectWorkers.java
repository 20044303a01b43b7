package example;

import io.trunkline.mapping.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workers of a distributed Kafka Connect, each a process, spoken to by their REST interface. */
final class ConnectWorkers {

    private final Processes processes;
    private final Path work;
    private final String brokers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Worker> workers = new ArrayList<>();

    ConnectWorkers(Processes processes, Path work, String brokers) {
        this.processes = processes;
        this.work = work;
        this.brokers = brokers;
    }

    private record Worker(Process process, int port) {}

    /** Starts some workers and waits until all answer. */
    void start(int count) throws Exception {
        for (int port : Processes.freePorts(count)) {
            String file = processes.properties("worker-" + port + ".properties", settings(port));
            workers.add(new Worker(
                    processes.start("org.apache.kafka.connect.cli.ConnectDistributed", 300, file), port));
        }
        for (Worker worker : workers) {
            Waiting.until("worker " + worker.port + " answers", 90, () -> call(worker, "GET", "/connectors", null)
                            .statusCode()
                    == 200);
        }
    }

    /** Makes a connector. */
    void create(String name, Map<String, String> settings) throws Exception {
        byte[] body = Json.write(Map.of("name", name, "config", settings));
        Waiting.until("the connector is taken", 60, () -> {
            HttpResponse<byte[]> answer = call(alive().get(0), "POST", "/connectors", body);
            if (answer.statusCode() == 400) {
                System.err.println(new String(answer.body()));
            }
            return answer.statusCode() == 201;
        });
    }

    /** How many tasks run on each worker, by its port. */
    Map<Integer, Integer> tasks(String name) throws Exception {
        Map<Integer, Integer> running = new HashMap<>();
        Map<String, Object> status =
                Json.object(call(alive().get(0), "GET", "/connectors/" + name + "/status", null).body());
        for (Object each : (List<?>) status.get("tasks")) {
            Map<?, ?> task = (Map<?, ?>) each;
            if (task.get("state").equals("RUNNING")) {
                String worker = String.valueOf(task.get("worker_id"));
                running.merge(Integer.parseInt(worker.substring(worker.indexOf(':') + 1)), 1, Integer::sum);
            }
        }
        return running;
    }

    /** Ends one worker as kill -9 does. */
    void kill(int port) throws InterruptedException {
        Worker worker =
                workers.stream().filter(each -> each.port == port).findFirst().orElseThrow();
        worker.process.destroyForcibly().waitFor();
    }

    private List<Worker> alive() {
        return workers.stream().filter(each -> each.process.isAlive()).toList();
    }

    private HttpResponse<byte[]> call(Worker worker, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private Map<String, String> settings(int port) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers", brokers,
                "group.id", "connect",
                "listeners", "http://127.0.0.1:" + port,
                "rest.advertised.host.name", "127.0.0.1",
                "plugin.path", work.resolve("plugin/target").toString(),
                "plugin.discovery", "service_load",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "false",
                "offset.flush.interval.ms", "1000"));
        for (String kind : List.of("config", "offset", "status")) {
            settings.put(kind + ".storage.topic", "connect-" + kind);
            settings.put(kind + ".storage.replication.factor", "1");
        }
        settings.put("config.providers", "file");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        settings.put("scheduled.rebalance.max.delay.ms", "3000");
        settings.put("session.timeout.ms", "6000");
        settings.put("heartbeat.interval.ms", "1000");
        return settings;
    }
}
