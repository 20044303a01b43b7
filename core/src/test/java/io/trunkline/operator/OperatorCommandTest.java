package io.trunkline.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.PlainConnector;
import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program, on a file that the application has open at the same time. */
@Timeout(60)
final class OperatorCommandTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Map<String, String> environment = new TreeMap<>();

    @TempDir
    private Path folder;

    private Path file;
    private Store store;
    private Incident incident;
    private int code;

    @BeforeEach
    void open() {
        file = folder.resolve("store.db");
        store = JdbcStore.sqlite(file, time);
        incident = new Incident(store, time);
        environment.put("TRUNKLINE_STORE", file.toString());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void list_emptyStore_saysSo() {
        assertEquals("nothing waits and nothing was put aside\n", run("list"));
        assertEquals(0, code);
    }

    @Test
    void list_deadAndFailingItems_tellsReasonsAndAges() {
        failForGood();
        incident.arrives("e2", "c2");
        incident.works();
        clock.advance(Duration.ofSeconds(2));

        String all = run("list");
        String items = run("list", Incident.INBOX);
        String first = run("list", Incident.INBOX, "--limit", "1");

        assertTrue(all.matches("(?s)QUEUE +PENDING +FAILING +DEAD +OLDEST +WHAT\n\\S+ +1 +1 +1 +2s +inbox\n"), all);
        assertTrue(
                items.matches("(?s)ID +STATE.*\\d+ +DEAD +8 +3d16h +- +chat/c1 +IllegalStateException: no desk.*\n"
                        + "\\d+ +FAILING +1 +2s +[123]s +chat/c2 +IllegalStateException: .*"),
                items);
        assertEquals(2, first.lines().count());
    }

    @Test
    void replay_deadItem_isHandledOnceByTheApplication() {
        failForGood();
        String id = new Operator(store, time)
                .dead(Incident.INBOX, Optional.empty(), 1)
                .items()
                .get(0)
                .id();
        incident.broken = false;

        assertEquals("replayed\n", run("replay", Incident.INBOX, id));
        assertEquals(0, code);
        assertEquals("it was not put aside, or is replayed already\n", run("replay", Incident.INBOX, id));
        assertEquals(1, code);
        incident.works();
        assertEquals("0 replayed\n", run("replay", Incident.INBOX, "all"));
        incident.works();

        assertEquals(List.of("e1"), incident.handled);
    }

    @Test
    void showRetryAndDrop_failingItem_doWhatTheySay() {
        incident.arrives("e1", "c1");
        incident.works();
        String id = new Operator(store, time)
                .pending(Incident.INBOX, Optional.empty(), 1)
                .items()
                .get(0)
                .id();

        String shown = run("show", Incident.INBOX, id);
        assertTrue(shown.contains("  type: message.created\n"), shown);
        assertFalse(shown.contains(incident.email) || shown.contains(incident.name), "something personal is shown");
        assertEquals("it is due now\n", run("retry", Incident.INBOX, id));
        assertEquals("it does not wait for a next try\n", run("retry", Incident.INBOX, id));
        assertEquals(1, code);
        assertEquals("dropped\n", run("drop", Incident.INBOX, id));
        assertEquals("it is not there\n", run("drop", Incident.INBOX, id));
        assertEquals(1, code);
        run("show", Incident.INBOX, id);

        assertEquals(1, code);
        incident.broken = false;
        incident.works();
        assertEquals(List.of(), incident.handled);
    }

    @Test
    void jobs_pausedAndResumed_areSeenByTheApplication() {
        incident.runner.run(incident.job);
        clock.advance(Duration.ofSeconds(1));

        assertEquals("paused\n", run("pause", "contacts"));
        assertTrue(incident.runner.paused("contacts"));
        String jobs = run("jobs");
        assertEquals("resumed\n", run("resume", "contacts"));

        assertFalse(incident.runner.paused("contacts"));
        assertTrue(jobs.matches("(?s)JOB .*contacts +COMPLETED, PAUSED +2 +1 +0 +1 +0s +2026-03-01T08:00:00Z\n"), jobs);
    }

    @Test
    void verify_settingsFile_asksEachConnection() throws Exception {
        String token = Canary.secret();
        environment.put("CRM_TOKEN", token);
        try (LocalServer good = LocalServer.answering(LocalServer.json(200, "agent 7"));
                LocalServer bad = LocalServer.answering(LocalServer.json(401, "no"))) {
            Path settings = Files.writeString(
                    folder.resolve("trunkline.properties"),
                    "crm.connector=plain-http\ncrm.token=${CRM_TOKEN}\ncrm.base-url=" + good.uri() + "\n");
            assertEquals("CONNECTION  STATE  DETAIL\ncrm         GOOD   agent 7\n", verify(settings));
            assertEquals(0, code);
            Files.writeString(settings, Files.readString(settings).replace("" + good.uri(), "" + bad.uri()));

            String refused = verify(settings);

            assertTrue(refused.contains("crm         BAD    AuthenticationException"), refused);
            assertEquals(1, code);
            assertEquals("Bearer " + token, bad.lastRequest().getHeaders().get("Authorization"));
            environment.remove("CRM_TOKEN");
            assertTrue(verify(settings).contains("CRM_TOKEN"));
            assertEquals(3, code);
        }
    }

    @Test
    void run_wrongCommandLine_saysWhatIsWrongAndChangesNothing() {
        failForGood();
        for (String[] wrong : new String[][] {
            {},
            {"lists"},
            {"show", Incident.INBOX},
            {"list", "Not A Queue"},
            {"list", Incident.INBOX, "--limit", "many"},
            {"list", Incident.INBOX, "--limit", "0"},
            {"drop", "--all", "yes"},
            {"jobs", "--limit"},
            {"verify"},
            {"list", "--store", folder.resolve("absent.db").toString()},
            {"list", "--store", "jdbc:mysql://127.0.0.1/x"},
            {"list", "--store", "jdbc:postgresql://127.0.0.1/x?password=" + incident.token},
        }) {
            String said = run(wrong);
            assertEquals(2, code, String.join(" ", wrong));
            assertFalse(said.isBlank() || said.contains(incident.token), String.join(" ", wrong));
        }
        assertFalse(Files.exists(folder.resolve("absent.db")));
        assertTrue(run("list").contains(" 1 "));
        assertTrue(run("help").contains("replay QUEUE ID|all"));
        assertEquals(0, code);
    }

    @Test
    void run_postgresql_takesThePasswordFromTheEnvironment() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            Store shared = JdbcStore.postgresql(server.getPostgresDatabase(), time);
            shared.queue("outbox.sms").add("e", new byte[1], clock.now(), null);
            environment.put("TRUNKLINE_STORE_PASSWORD", incident.token);
            String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";

            String all = run("list", "--store", url, "--user", "postgres");
            String unknown = run("list", "--store", url, "--user", "nobody-of-this-name");

            assertTrue(all.contains("outbox.sms"), all);
            assertEquals(3, code);
            assertFalse(unknown.contains(incident.token));
        }
    }

    private String verify(Path settings) {
        return run("verify", "--settings", settings.toString(), "--timeout", "5");
    }

    /** What the program writes. */
    private String run(String... arguments) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        OperatorCommand command = new OperatorCommand(
                new Surroundings(environment::get, time, out, out),
                () -> Trunkline.builder().listener(PlainConnector.LEDGER).provider(new PlainConnector()));
        code = command.run(arguments);
        return written.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void failForGood() {
        incident.arrives("e1", "c1");
        for (int i = 0; i < 8; i++) {
            incident.works();
            clock.advance(Incident.pause());
        }
    }
}
