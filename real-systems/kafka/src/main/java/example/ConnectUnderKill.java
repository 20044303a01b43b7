package example;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Three types of record read by two workers of Kafka Connect, of which one is killed half-way. */
final class ConnectUnderKill {

    private static final int CHANGES = 400;
    private static final String SECRET = "connect-canary-5f1d0a77";
    private static final String CLIENT_ID = "consumer-key-of-the-run";

    private final Org org;
    private final ConnectWorkers workers;
    private final Map<String, TopicState> topics = new HashMap<>();

    private ConnectUnderKill(Org org, ConnectWorkers workers) {
        this.org = org;
        this.workers = workers;
    }

    /** Folder of the run, records of each type. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        int records = Integer.parseInt(arguments[1]);
        long seed = System.nanoTime();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Processes processes = new Processes(work);
                Org org = new Org(records, seed)) {
            String brokers = KafkaBroker.start(processes, work);
            ConnectWorkers workers = new ConnectWorkers(processes, work, brokers);
            workers.start(2);
            new ConnectUnderKill(org, workers).run(brokers, settings(work, org, postgres), 3 * records);
            searchForSecrets(brokers, processes.logs());
        }
        System.out.println("connect: seed " + seed);
        System.exit(0);
    }

    private void run(String brokers, Map<String, String> settings, int records) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(Org.NAMES.keySet().stream()
                            .map(type -> new NewTopic("crm." + type, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Org.NAMES.forEach((type, name) -> topics.put(type, new TopicState(brokers, "crm." + type, name)));
        long start = System.nanoTime();
        workers.create("crm", settings);
        Waiting.until("a third is written", 120, () -> messages() > records / 3);
        Thread changes = new Thread(this::change, "changes");
        changes.start();
        Waiting.until("half is written", 120, () -> messages() > records / 2);

        Map<Integer, Integer> before = workers.tasks("crm");
        int victim = Collections.max(before.entrySet(), Map.Entry.comparingByValue()).getKey();
        int written = messages();
        workers.kill(victim);
        long killed = System.nanoTime();
        long running = Waiting.until("all tasks run elsewhere", 120, () -> {
            read();
            Map<Integer, Integer> tasks = workers.tasks("crm");
            return !tasks.containsKey(victim) && tasks.values().stream().mapToInt(Integer::intValue).sum() == 3;
        });
        changes.join();
        Waiting.until("the topics hold what the platform holds", 180, () -> messages() > 0 && differences() == 0);
        report(List.of(before.size(), before.get(victim), written), running, killed, start);
    }

    private void change() {
        for (int i = 0; i < CHANGES; i++) {
            org.change(i);
            try {
                TimeUnit.MILLISECONDS.sleep(25);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void read() {
        topics.values().forEach(TopicState::read);
    }

    private int messages() {
        read();
        return topics.values().stream().mapToInt(TopicState::messages).sum();
    }

    private long differences() {
        return topics.entrySet().stream()
                .mapToLong(each -> each.getValue().differences(org.rows(each.getKey())))
                .sum();
    }

    private void report(List<Integer> before, long running, long killed, long start) {
        int keys = topics.values().stream().mapToInt(TopicState::keys).sum();
        int repeated = topics.values().stream().mapToInt(TopicState::repeated).sum();
        int contradictions = topics.values().stream().mapToInt(TopicState::contradictions).sum();
        System.out.printf(
                "connect: %d tasks of 3 on the killed one of %d workers; killed at %d messages; all tasks elsewhere after"
                        + " %.1f s; topics equal to the platform after %.1f s (%.1f s from the start)%n",
                before.get(1),
                before.get(0),
                before.get(2),
                running / 1e3,
                (System.nanoTime() - killed) / 1e9,
                (System.nanoTime() - start) / 1e9);
        System.out.printf(
                "connect: %d records, %d changes meanwhile: %d messages, missing or stale 0, repeated %d, all with the"
                        + " idempotency key of the first (contradictions %d)%n",
                keys, CHANGES, messages(), repeated, contradictions);
        if (contradictions > 0) {
            throw new IllegalStateException("one version of a record has two idempotency keys");
        }
    }

    private static Map<String, String> settings(Path work, Org org, EmbeddedPostgres postgres) throws Exception {
        Path secrets = work.resolve("secrets.properties");
        Files.writeString(secrets, "client-secret=" + SECRET + "\n");
        Map<String, String> settings = new HashMap<>();
        settings.put("connector.class", "io.trunkline.kafka.FeedSourceConnector");
        settings.put("tasks.max", "3");
        settings.put("connection", "crm");
        settings.put("connection.connector", "salesforce");
        settings.put("connection.my-domain", org.address());
        settings.put("connection.flow", "client-credentials");
        settings.put("connection.client-id", CLIENT_ID);
        settings.put("connection.client-secret", "${file:" + secrets + ":client-secret}");
        settings.put("connection.calls-per-second", "5");
        settings.put("connection.commit-time", "1s");
        settings.put("types", "Contact,Account,Case");
        settings.put("page.size", "100");
        settings.put("poll.interval.ms", "500");
        settings.put("store.url", postgres.getJdbcUrl("postgres", "postgres"));
        return settings;
    }

    private static void searchForSecrets(String brokers, List<Path> logs) throws Exception {
        List<String> topics = List.of("connect-config", "connect-offset", "connect-status", "crm.Contact");
        String written = topics.stream().map(topic -> Bytes.of(brokers, topic)).collect(Collectors.joining());
        StringBuilder all = new StringBuilder(written);
        for (Path log : logs) {
            all.append(new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1));
        }
        if (!all.toString().contains(CLIENT_ID)) {
            throw new IllegalStateException("the search does not even find what must be there");
        }
        boolean found = all.toString().contains(SECRET);
        System.out.printf(
                "connect: the client secret in %d characters of Connect's topics and logs: %s%n",
                all.length(), found ? "FOUND" : "not found");
        if (found) {
            throw new IllegalStateException("a secret is in Connect's topics or logs");
        }
    }
}
