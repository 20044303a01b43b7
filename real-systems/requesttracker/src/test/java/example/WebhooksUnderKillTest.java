package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.Trunkline;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.event.RecordChanged;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.testkit.Watched;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.JdkWebhookHandler;
import io.trunkline.webhook.PullSource;
import io.trunkline.webhook.Puller;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A burst of the server's signed webhooks, with the server killed in it: what it committed and did not tell is found by the
 * sweep, and each transaction is handled once.
 */
final class WebhooksUnderKillTest {

    private static final String TRUTH = "SELECT id FROM Transactions WHERE ObjectType = 'RT::Ticket'"
            + " AND Type NOT IN ('EmailRecord', 'CommentEmailRecord', 'SystemError') ORDER BY id";

    private static final int MOST_SWEEPS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @TempDir
    private Path folder;

    private final List<String> handled = new ArrayList<>();

    @Test
    void burst_serverKilledInTheMiddle_isHandledOnceEach() throws Exception {
        int burst = Integer.getInteger("rt.webhooks", 40);
        long seed = Measured.seed();
        HttpServer hooks = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        URI address = URI.create("http://127.0.0.1:" + hooks.getAddress().getPort());
        Map<String, String> environment = Map.of(
                "RT_WEBHOOK_URL", address + "/desk", "RT_WEBHOOK_SECRET", DeskServer.WEBHOOK_SECRET);
        try (DeskServer server = DeskServer.fresh(environment);
                Store store = JdbcStore.sqlite(folder.resolve("store.db"), TimeSource.system());
                Trunkline trunkline = trunkline(server)) {
            WebhookProtocol protocol = trunkline.client(WebhookProtocol.class, "desk");
            WebhookReceiver receiver = new WebhookReceiver("desk", protocol, store, TimeSource.system(), () -> {});
            AtomicInteger arrived = new AtomicInteger();
            JdkWebhookHandler handler = new JdkWebhookHandler(receiver, address);
            hooks.setExecutor(Executors.newCachedThreadPool());
            hooks.createContext("/desk", exchange -> {
                // Every seventh is turned away, and the server never sends it again.
                if (arrived.incrementAndGet() % 7 == 0) {
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                } else {
                    handler.handle(exchange);
                }
            });
            hooks.start();
            int kills = burst(server, burst, seed);

            Puller puller = new Puller(
                    trunkline.client(PullSource.class, "desk"), store, TimeSource.system(), Duration.ofMillis(1));
            dispatched(new WebhookDispatcher("desk", protocol, store, TimeSource.system()).pulls(puller));
            int told = handled.size();
            List<String> committed = committed(server);
            // What was changed in this very second is told by a later sweep.
            for (int sweeps = 0; sweeps < MOST_SWEEPS && handled.size() < committed.size(); sweeps++) {
                puller.sweep();
                dispatched(new WebhookDispatcher("desk", protocol, store, TimeSource.system()).pulls(puller));
            }

            assertTrue(committed.size() >= burst, "the burst was smaller than it should be");
            assertTrue(told < committed.size(), "nothing was left for the sweep, so it is not shown to work");
            assertEquals(new TreeSet<>(committed), new TreeSet<>(handled), "seed " + seed);
            assertEquals(committed.size(), handled.size(), "something was handled twice; seed " + seed);
            Measured.say(committed.size() + " transactions with " + kills + " kills of the server: " + arrived
                    + " webhooks told " + told + ", the sweep found " + (handled.size() - told)
                    + ", each handled once (seed " + seed + ")");
        } finally {
            hooks.stop(0);
        }
    }

    private static int burst(DeskServer server, int burst, long seed) {
        LiveChanges changes = LiveChanges.of(server);
        try (Killer killer = Killer.of(server, seed, 6_000, Math.max(4, burst / 10))) {
            int made = 0;
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (int attempt = 0; made < burst; attempt++) {
                assertTrue(System.nanoTime() < end, "the server is never up long enough");
                made += changes.created("burst " + attempt) ? 1 : 0;
            }
            return killer.kills();
        }
    }

    private void dispatched(WebhookDispatcher dispatcher) {
        dispatcher.on(RecordChanged.class, event -> handled.add(event.header().id()));
        while (dispatcher.dispatch() > 0) {
            assertTrue(handled.size() < 100_000, "the same events come again and again");
        }
    }

    private static Trunkline trunkline(DeskServer server) {
        return Watched.trunkline()
                .connect(
                        "desk",
                        RequestTracker.token(server.uri(), Secret.of(DeskServer.token()), "Support")
                                .with(RequestTracker.WEBHOOK_SECRET, Secret.of(DeskServer.WEBHOOK_SECRET))
                                .with(RequestTracker.COMMIT_TIME, Duration.ofMillis(1)))
                .build();
    }

    private static List<String> committed(DeskServer server) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbc());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TRUTH)) {
            while (rows.next()) {
                ids.add("transaction-" + rows.getString(1));
            }
        }
        return ids;
    }
}
