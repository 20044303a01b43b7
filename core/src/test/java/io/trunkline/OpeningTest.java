package io.trunkline;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.http.RawRequest;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From settings, files and the class path to open connections. */
@Timeout(60)
final class OpeningTest {

    @TempDir
    Path folder;

    private Trunkline.Builder known() {
        return Trunkline.builder().listener(PlainConnector.LEDGER).provider(new PlainConnector());
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://crm.example.test/",
                "http://192.168.1.1/",
                "ftp://localhost/",
                "https://user:pw@crm.test/",
                "https://crm.test/?a=b",
                "https://crm.test:99999/",
                "https://crm.test:0/"
            })
    void baseUrl_thatIsNotSafe_isRefusedFromCodeAsFromAFile(String address) throws Exception {
        ConnectorSetup inCode = PlainConnector.at(URI.create(address));
        Path inFile = file("t.properties", "crm.connector=plain-http\ncrm.token=t\ncrm.base-url=" + address + "\n");

        assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder().connect("crm", inCode).build());
        assertThrows(
                ConfigurationException.class, () -> known().settings(inFile).build());
    }

    @Test
    void typedValue_outOfBounds_isRefusedFromCodeToo() {
        ConnectorSetup wrong = PlainConnector.at(URI.create("https://crm.test/"))
                .with(CommonSettings.CONCURRENT_CALLS, 0)
                .with(CommonSettings.TIMEOUT, Duration.ofSeconds(-1));

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder().connect("crm", wrong).build());

        assertTrue(thrown.getMessage().contains("concurrent-calls"), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("crm: timeout"), thrown::getMessage);
    }

    @Test
    void severalBaseUrls_firstIsDown_secondAnswersUnderItsPrefix() {
        try (LocalServer down = LocalServer.answering(json(503, "{}"));
                LocalServer up = LocalServer.answering(json(200, "agent"));
                Trunkline trunkline = Trunkline.builder()
                        .listener(PlainConnector.LEDGER)
                        .connect("crm", PlainConnector.at(down.uri(), up.uri().resolve("tenant/api")))
                        .build()) {
            assertEquals("agent", trunkline.verify("crm", Duration.ofSeconds(10)));
            assertEquals("agent", trunkline.verify("crm", Duration.ofSeconds(10)));

            assertEquals(1, down.count());
            assertEquals("/tenant/api/me", up.lastRequest().getUrl().encodedPath());
        }
    }

    @Test
    void verify_refusedOrUnreachable_isTheErrorThatSaysWhatToDo() {
        try (LocalServer server = LocalServer.answering(json(401, "{}"));
                Trunkline trunkline = Trunkline.builder()
                        .listener(PlainConnector.LEDGER)
                        .connect("crm", PlainConnector.at(server.uri()))
                        .connect("gone", PlainConnector.at(URI.create("http://127.0.0.1:9/")))
                        .build()) {
            assertThrows(AuthenticationException.class, () -> trunkline.verify("crm", Duration.ofSeconds(5)));
            RetryLaterException gone =
                    assertThrows(RetryLaterException.class, () -> trunkline.verify("gone", Duration.ofSeconds(5)));

            assertEquals(ErrorKind.TRANSPORT, gone.kind());
            assertEquals(1, server.count());
        }
    }

    @Test
    void raw_pathToAnotherOrigin_isRefusedWithTheCredentialAtHome() {
        try (LocalServer other = LocalServer.answering(json(200, "{}"));
                LocalServer server = LocalServer.answering(json(200, "{}"));
                Trunkline trunkline = Trunkline.builder()
                        .listener(PlainConnector.LEDGER)
                        .connect("crm", PlainConnector.at(server.uri()))
                        .build()) {
            RawRequest foreign = RawRequest.of("GET", other.uri().toString());

            Leaks.saw(assertThrows(
                    RuntimeException.class, () -> trunkline.raw("crm").send(foreign, CallOptions.DEFAULT)));

            assertEquals(0, other.count());
            assertEquals(0, server.count());
        }
    }

    @Test
    void discovery_onlyWhenAskedFor_findsProvidersOfTheClassPath() throws Exception {
        Path file = file("t.properties", "crm.connector=plain-http\ncrm.token=t\n");
        withServices(PlainConnector.class.getName(), () -> {
            assertThrows(
                    ConfigurationException.class,
                    () -> Trunkline.builder().settings(file).build());
            try (Trunkline trunkline =
                    Trunkline.builder().discover().settings(file).build()) {
                assertEquals(Set.of("crm"), trunkline.connections());
            }
        });
    }

    @Test
    void discovery_providerThatCannotBeLoaded_isASettingsErrorThatNamesIt() throws Exception {
        withServices("example.NotThere", () -> {
            ConfigurationException thrown = assertThrows(
                    ConfigurationException.class,
                    () -> Trunkline.builder().discover().build());

            assertTrue(thrown.getMessage().contains("example.NotThere"), thrown::getMessage);
        });
    }

    private void withServices(String provider, Runnable test) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ConnectorProvider.class.getName()), provider + "\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            test.run();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void yaml_listsAndEmptyValues_areReadAsMeant() throws Exception {
        Path several = file(
                "a.yaml",
                "crm:\n  connector: plain-http\n  token: t\n  base-url:\n    - https://a.test\n    - https://b.test/x\n");
        Path empty = file("b.yaml", "crm:\n  connector: plain-http\n  token:\n");
        Path nested = file("c.yaml", "crm:\n  connector: plain-http\n  token:\n    inner: x\n");

        known().settings(several).build().close();

        ConfigurationException missing = assertThrows(
                ConfigurationException.class, () -> known().settings(empty).build());
        assertTrue(missing.getMessage().contains("token is required"), missing::getMessage);
        assertThrows(ConfigurationException.class, () -> known().settings(nested));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [1", "just text", "- a\n- b", "crm: &x {a: 1}\nerp: *x\n", "a:\n  b: 1\na:\n  b: 2\n", ""})
    void yaml_ofAnotherForm_isASettingsErrorWithoutItsContent(String text) throws Exception {
        String secret = Canary.secret();
        Path file = file("t.yaml", text.isEmpty() ? "" : text + "\n# " + secret);

        Leaks.saw(assertThrows(
                ConfigurationException.class, () -> known().settings(file).build()));
    }

    @Test
    void variables_inValues_areReplacedOnceAndNotInsideOneAnother() throws Exception {
        String token = Canary.secret() + "${OTHER}$1\\";
        Path file = file(
                "t.properties",
                "crm.connector=plain-http\ncrm.token=${A}\ncrm.base-url=${PROTOCOL}://127.0.0.1:${PORT}/\n");
        try (LocalServer server = LocalServer.answering(json(200, "ok"));
                Trunkline trunkline = known().environment(Map.of(
                                "A",
                                token,
                                "PROTOCOL",
                                "http",
                                "PORT",
                                String.valueOf(server.uri().getPort()))::get)
                        .settings(file)
                        .build()) {
            trunkline.verify("crm", Duration.ofSeconds(5));

            assertEquals("Bearer " + token, server.lastRequest().getHeaders().get("Authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"noDot=1", ".x=1", "a.b=\\u00zz"})
    void properties_ofAnotherForm_areASettingsError(String text) throws Exception {
        Path file = file("t.properties", text);

        assertThrows(ConfigurationException.class, () -> known().settings(file));
        assertThrows(ConfigurationException.class, () -> known().settings(folder.resolve("absent.properties")));
    }

    @Test
    void clientCertificate_fromSettings_isShownToThePlatform() throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate client = new HeldCertificate.Builder()
                .commonName("desk")
                .signedBy(authority)
                .build();
        Path keys = stored("client.p12", client);
        try (MockWebServer platform = demanding(authority)) {
            KeyStore trust = empty();
            trust.setCertificateEntry("authority", authority.certificate());
            ConnectorSetup setup = PlainConnector.at(URI.create("https://localhost:" + platform.getPort()))
                    .with(CommonSettings.CLIENT_CERTIFICATE, keys.toString())
                    .with(CommonSettings.CLIENT_CERTIFICATE_PASSWORD, Secret.of("of the test"));

            try (Trunkline trunkline =
                    Trunkline.builder().trust(trust).connect("crm", setup).build()) {
                assertEquals("known", trunkline.verify("crm", Duration.ofSeconds(10)));
            }
        }
        ConnectorSetup wrong = PlainConnector.at(URI.create("https://localhost/"))
                .with(CommonSettings.CLIENT_CERTIFICATE, keys.toString())
                .with(CommonSettings.CLIENT_CERTIFICATE_PASSWORD, Secret.of(Canary.secret()));
        Leaks.saw(assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder().connect("crm", wrong).build()));
    }

    /** A platform that answers whoever shows a certificate of the authority. */
    private static MockWebServer demanding(HeldCertificate authority) throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .signedBy(authority)
                .build();
        MockWebServer platform = new MockWebServer();
        platform.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(own)
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslSocketFactory());
        platform.requireClientAuth();
        platform.enqueue(new MockResponse.Builder().body("known").build());
        platform.start(InetAddress.getLoopbackAddress(), 0);
        return platform;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path stored(String name, HeldCertificate certificate) throws Exception {
        char[] password = "of the test".toCharArray();
        KeyStore store = empty();
        store.setKeyEntry(
                "client", certificate.keyPair().getPrivate(), password, new X509Certificate[] {certificate.certificate()
                });
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        return file;
    }
}
