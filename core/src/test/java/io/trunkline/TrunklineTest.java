package io.trunkline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.connector.Category;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.connector.Setting;
import io.trunkline.crm.Contacts;
import io.trunkline.error.ConfigurationException;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.RawRequest;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.HealthState;
import io.trunkline.store.DataCipher;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TrunklineTest {

    private static final Setting<Secret> TOKEN = Setting.secret("token", "The token.");
    private static final Setting<Integer> SHARD =
            Setting.integer("shard", 1, 9, "The shard.").defaultsTo(1);

    /** A connector of nothing but raw requests. */
    static final class Plain implements ConnectorProvider {

        private final Runnable onClose;

        Plain(Runnable onClose) {
            this.onClose = onClose;
        }

        @Override
        public ConnectorDescriptor descriptor() {
            return ConnectorDescriptor.builder("plain", "Plain", Category.CRM)
                    .settings(
                            TOKEN, SHARD, CommonSettings.BASE_URL, CommonSettings.TIMEOUT, CommonSettings.BULK_TIMEOUT)
                    .settings(CommonSettings.CALLS_PER_SECOND, CommonSettings.CONCURRENT_CALLS)
                    .credentials(CredentialKind.BEARER)
                    .build();
        }

        @Override
        public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
            Secret token = settings.get(TOKEN);
            HttpConnection http = runtime.http()
                    .connect(CommonSettings.http(settings, runtime, URI.create("https://plain.test/"))
                            .authorizer(request -> request.header("Authorization", "Bearer " + token.reveal()))
                            .build());
            return OpenConnector.of(descriptor())
                    .http(http)
                    .offer(
                            ConnectionCheck.class,
                            options -> http.raw()
                                    .send(RawRequest.of("GET", "me"), options)
                                    .text())
                    .onClose(onClose)
                    .build();
        }
    }

    private static final CallListener LEDGER = new CallListener() {
        @Override
        public void attempt(Attempt attempt) {
            AttemptLedger.shared().attempted(attempt.origin());
        }
    };

    private static ConnectorSetup plain(LocalServer server) {
        return ConnectorSetup.of(new Plain(() -> {}))
                .with(TOKEN, Secret.of(Canary.secret()))
                .with(CommonSettings.BASE_URL, List.of(server.uri()));
    }

    @Test
    void store_underEncryption_isSealedForConnectionsAndApplication() {
        Store beneath = Store.inMemory(TimeSource.system());
        String text = Canary.text();
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        try (Trunkline trunkline = Trunkline.builder()
                .store(beneath)
                .encryption(DataCipher.aesGcm(Secret.of(key)))
                .build()) {
            trunkline.store().values("own").put(text, text.getBytes(StandardCharsets.UTF_8), Values.ABSENT, null);

            var stored = beneath.values("own").list("", Optional.empty(), 9).items();

            assertEquals(1, stored.size());
            assertFalse(new String(stored.get(0).value(), StandardCharsets.ISO_8859_1).contains(text));
            assertFalse(stored.get(0).key().contains(text));
            assertTrue(trunkline.store().values("own").get(text).isPresent());
        }
    }

    @Test
    void verifyRawAndHealth_openConnection_speakToThePlatform() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "agent 7"));
                Trunkline trunkline = Trunkline.builder()
                        .listener(LEDGER)
                        .connect("crm", plain(server))
                        .build()) {
            assertEquals("agent 7", trunkline.verify("crm", Duration.ofSeconds(5)));
            assertEquals(
                    200,
                    trunkline
                            .raw("crm")
                            .send(RawRequest.of("GET", "x"), CallOptions.DEFAULT)
                            .status());
            assertEquals(
                    HealthState.HEALTHY, trunkline.health("crm").orElseThrow().state());
            assertEquals(Set.of("crm"), trunkline.connections());
            assertTrue(server.lastRequest().getHeaders().get("Authorization").startsWith("Bearer canary"));
        }
    }

    @Test
    void client_notOfferedOrUnknownConnection_isNamed() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "{}"));
                Trunkline trunkline =
                        Trunkline.builder().connect("crm", plain(server)).build()) {
            ConfigurationException none =
                    assertThrows(ConfigurationException.class, () -> trunkline.client(Contacts.class, "crm"));
            ConfigurationException unknown = assertThrows(ConfigurationException.class, () -> trunkline.raw("erp"));

            assertTrue(none.getMessage().contains("Contacts"), none::getMessage);
            assertTrue(unknown.getMessage().contains("[crm]"), unknown::getMessage);
            assertEquals(Map.of(), trunkline.clients(Contacts.class));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"properties", "yaml"})
    void settingsFile_withVariables_opensItsConnections(String form, @TempDir Path folder) throws Exception {
        String text = form.equals("yaml")
                ? "crm:\n  connector: plain\n  token: ${PLAIN_TOKEN}\n  shard: 3\n  base-url: %s\n"
                : "crm.connector = plain\ncrm.token = ${PLAIN_TOKEN}\ncrm.shard = 3\ncrm.base-url = %s\n";
        String token = Canary.secret();
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "ok"))) {
            Path file = Files.writeString(folder.resolve("trunkline." + form), text.formatted(server.uri()));
            try (Trunkline trunkline = Trunkline.builder()
                    .listener(LEDGER)
                    .provider(new Plain(() -> {}))
                    .environment(Map.of("PLAIN_TOKEN", token)::get)
                    .settings(file)
                    .build()) {
                assertEquals("ok", trunkline.verify("crm", Duration.ofSeconds(5)));
                assertEquals(
                        "Bearer " + token, server.lastRequest().getHeaders().get("Authorization"));
            }
        }
    }

    @Test
    void settingsFile_everythingWrong_isToldAtOnceWithoutSecrets(@TempDir Path folder) throws Exception {
        String secret = Canary.secret();
        Path file = Files.writeString(
                folder.resolve("t.properties"),
                "a.connector=plain\na.token=${ABSENT}\na.shard=12\na.colour=" + secret + "\nb.connector=plian\nc.token="
                        + secret + "\nd.connector=plain\nd.base-url=http://example.test\n");

        ConfigurationException thrown = Leaks.saw(assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder()
                        .provider(new Plain(() -> {}))
                        .environment(name -> null)
                        .settings(file)
                        .build()));

        for (String part : List.of(
                "variable ABSENT",
                "a: shard",
                "a: colour",
                "no connector plian",
                "c: connector is required",
                "d: token is required",
                "d: base-url")) {
            assertTrue(thrown.getMessage().contains(part), part + " in " + thrown.getMessage());
        }
    }

    @Test
    void providers_twoOfOneId_areNamedBoth() {
        ConnectorProvider rival = new ConnectorProvider() {
            @Override
            public ConnectorDescriptor descriptor() {
                return new Plain(() -> {}).descriptor();
            }

            @Override
            public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
                throw new IllegalStateException("not opened");
            }
        };

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder()
                        .provider(new Plain(() -> {}))
                        .provider(rival)
                        .build());

        assertTrue(thrown.getMessage().contains(Plain.class.getName()), thrown::getMessage);
        assertTrue(thrown.getMessage().contains(rival.getClass().getName()), thrown::getMessage);
    }

    @Test
    void close_connectorThatHangs_endsWithinItsTimeAndLeavesNoThread() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Runnable hanging = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        };
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "ok"))) {
            Trunkline trunkline = Trunkline.builder()
                    .listener(LEDGER)
                    .connect(
                            "crm",
                            ConnectorSetup.of(new Plain(hanging))
                                    .with(TOKEN, Secret.of("x"))
                                    .with(CommonSettings.BASE_URL, List.of(server.uri())))
                    .build();
            trunkline.verify("crm", Duration.ofSeconds(5));
            long start = System.nanoTime();

            trunkline.close();

            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(12));
            assertTrue(interrupted.await(5, TimeUnit.SECONDS));
            assertThrows(RuntimeException.class, () -> trunkline.verify("crm", Duration.ofSeconds(1)));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!ours().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(Set.of(), ours());
    }

    @Test
    void build_untilUsed_startsNoThread() {
        Set<String> before = ours();
        try (LocalServer server = LocalServer.answering(LocalServer.json(200, "ok"));
                Trunkline trunkline =
                        Trunkline.builder().connect("crm", plain(server)).build()) {
            assertEquals(before, ours());
            assertFalse(trunkline.connections().isEmpty());
        }
    }

    @Test
    void async_cancelledFuture_interruptsTheCall() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try {
            CompletableFuture<String> future = Async.on(executor).call(() -> {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return "late";
            });
            assertTrue(started.await(5, TimeUnit.SECONDS));

            assertTrue(future.cancel(true));

            assertTrue(interrupted.await(5, TimeUnit.SECONDS));
            assertEquals("ok", Async.on(executor).call(() -> "ok").get(5, TimeUnit.SECONDS));
        } finally {
            executor.shutdownNow();
        }
    }

    private static Set<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("trunkline"))
                .collect(Collectors.toSet());
    }
}
