package example;

import io.trunkline.event.MessageReceived;
import io.trunkline.kafka.EventTopic;
import io.trunkline.kafka.TopicSink;
import io.trunkline.sync.Change;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import io.trunkline.webhook.EventHandler;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** How fast events get from the inbox to handlers: on nodes that share PostgreSQL, and through a topic of Kafka. */
final class DispatchFigures {

    private static final int SENDERS = 8;
    private static final int STEADY = 1_000;
    private static final int STEADY_A_SECOND = 100;
    private static final int SYNCED = 50_000;
    private static final int BATCH = 500;

    private final String brokers;
    private final EmbeddedPostgres postgres;
    private final int events;

    private DispatchFigures(String brokers, EmbeddedPostgres postgres, int events) {
        this.brokers = brokers;
        this.postgres = postgres;
        this.events = events;
    }

    /** Folder of the run, events of each measurement, rounds. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        // Its builder turns these off for the sake of tests; here an acknowledged event is on disk.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .start();
                Processes processes = new Processes(work)) {
            String brokers = KafkaBroker.start(processes, work);
            DispatchFigures figures =
                    new DispatchFigures(brokers, postgres, Integer.parseInt(arguments[1]));
            figures.handlers(1, 4);
            figures.durable();
            for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) {
                print(
                        "round %d, %d processors under a load of %.1f",
                        round,
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
                figures.handlers(1, 4);
                figures.handlers(2, 4);
                figures.relay(4);
                figures.relay(16);
                figures.steady();
                figures.topicSink();
            }
        }
        System.exit(0);
    }

    private void durable() throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT current_setting('fsync')")) {
            answer.next();
            print("fsync of PostgreSQL is %s", answer.getString(1));
        }
    }

    /** Handlers called by the dispatchers themselves. */
    private void handlers(int nodes, int workers) throws Exception {
        Times times = new Times(events);
        List<Node> all = new ArrayList<>();
        try {
            String database = database();
            for (int i = 0; i < nodes; i++) {
                all.add(new Node(database, event -> times.done(Messages.sent(event.text()))));
            }
            double taken = all.get(0).receive("h", events, SENDERS);
            long start = System.nanoTime();
            all.forEach(node -> node.dispatch(workers));
            times.await();
            print("PostgreSQL, %d node(s) of %d threads: taken in %.0f/s, handled %.0f/s", nodes, workers, taken, rate(start));
        } finally {
            all.forEach(Node::close);
        }
    }

    /** Events published by the dispatcher, and two groups of consumers that handle all of them. */
    private void relay(int workers) throws Exception {
        String topic = topic();
        Times first = new Times(events);
        Times second = new Times(events);
        try (EventTopic events = EventTopic.open(topic, Map.of("bootstrap.servers", brokers));
                Node node = new Node(database(), events::handle)) {
            node.receive("r", this.events, SENDERS);
            long start = System.nanoTime();
            node.dispatch(workers);
            try (Consumers one = new Consumers(brokers, topic, "one", 2, first)) {
                first.await();
                double published = rate(start);
                long again = System.nanoTime();
                try (Consumers another = new Consumers(brokers, topic, "two", 2, second)) {
                    second.await();
                }
                print(
                        "PostgreSQL, 1 node of %d threads into Kafka: %.0f/s; read again by another group: %.0f/s",
                        workers, published, rate(again));
            }
        }
    }

    /** From the begin of a webhook to its handler, when they come evenly. */
    private void steady() throws Exception {
        Times direct = new Times(STEADY);
        try (Node node = new Node(database(), event -> direct.done(Messages.sent(event.text())))) {
            node.dispatch(4);
            send(node);
            direct.await();
        }
        String topic = topic();
        Times through = new Times(STEADY);
        try (EventTopic events = EventTopic.open(topic, Map.of("bootstrap.servers", brokers));
                Node node = new Node(database(), (EventHandler<MessageReceived>) events::handle);
                Consumers consumers = new Consumers(brokers, topic, "steady", 2, through)) {
            node.dispatch(4);
            send(node);
            through.await();
        }
        print(
                "%d events/s, webhook to handler: PostgreSQL %s; through Kafka %s",
                STEADY_A_SECOND, direct.latency(), through.latency());
    }

    private static void send(Node node) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < STEADY; i++) {
            long due = start + i * (1_000_000_000L / STEADY_A_SECOND);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            node.receive("s", i);
        }
    }

    /** Records of a synchronisation into a topic. */
    private void topicSink() throws Exception {
        SinkStream stream = new SinkStream("people", "Contact", 1);
        try (TopicSink sink = TopicSink.to(topic(), Map.of("bootstrap.servers", brokers))) {
            sink.open(stream);
            long start = System.nanoTime();
            for (int first = 0; first < SYNCED; first += BATCH) {
                List<Change> batch = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    batch.add(new Change(
                            RecordRef.of("crm", "Contact", "c" + i),
                            false,
                            Instant.EPOCH.plusSeconds(i),
                            Map.of("LastName", "Name " + i, "Phone", "+49 30 " + i, "City", "Town " + i % 50)));
                }
                sink.write(new SinkBatch(stream.name(), batch, new SyncCursor("c" + first), 1));
            }
            print("a synchronisation into a topic, %d records a batch: %.0f/s", BATCH, SYNCED / seconds(start));
        }
    }

    private String topic() throws Exception {
        String name = "t" + System.nanoTime();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(name, 6, (short) 1))).all().get();
        }
        return name;
    }

    private String database() throws Exception {
        String name = "d" + System.nanoTime();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }

    private double rate(long start) {
        return events / seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... figures) {
        System.out.println("dispatch: " + String.format(Locale.ROOT, format, figures));
    }
}
