package io.trunkline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.LoggerFactory;

/** The watchers catch what they are for: each control plants a fault, and its run must fail. */
final class WatchersTest {

    /** What the controls have planted is not this test's own. */
    @AfterEach
    void forget() {
        Leaks.forget();
        AttemptLedger.shared().clear();
    }

    @Test
    void leaks_secretInLog_failsTheTest() {
        assertFails(LeakingLog.class);
    }

    @Test
    void leaks_secretInExceptionCause_failsTheTest() {
        assertFails(LeakingCause.class);
    }

    @Test
    void leaks_encodedSecretInPrintedValue_failsTheTest() {
        assertFails(LeakingBase64.class);
    }

    @Test
    void leaks_secretOfATestsOwnField_failsTheTest() {
        assertFails(LeakingField.class);
    }

    @Test
    void hiddenRetries_unrecordedRequest_failsTheTest() {
        assertFails(HiddenRequest.class);
    }

    @Test
    void watchers_cleanTest_passes() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Clean.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    private static void assertFails(Class<?> control) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(control))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    @Tag("control")
    @ExtendWith(Leaks.class)
    static final class LeakingLog {
        @Test
        void log_secret_isCaught() {
            String secret = Canary.secret();
            LoggerFactory.getLogger("control").trace("token {}", secret);
            assertTrue(CapturedLog.lines().size() == 1);
        }
    }

    @Tag("control")
    @ExtendWith(Leaks.class)
    static final class LeakingCause {
        @Test
        void cause_secret_isCaught() {
            String secret = Canary.secret();
            assertEquals(
                    "outer",
                    Leaks.saw(new IllegalStateException("outer", new IOException(secret)))
                            .getMessage());
        }
    }

    @Tag("control")
    @ExtendWith(Leaks.class)
    static final class LeakingBase64 {
        @Test
        void print_encodedSecret_isCaught() {
            String secret = Canary.secret();
            String printed = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertEquals(printed, Leaks.printed(printed));
        }
    }

    @Tag("control")
    @ExtendWith(Leaks.class)
    static final class LeakingField {

        private final String secret = Canary.secret();

        @Test
        void print_plantedBeforeTheTest_isCaught() {
            assertEquals(secret, Leaks.printed(secret));
        }
    }

    @Tag("control")
    @ExtendWith(HiddenRetries.class)
    static final class HiddenRequest {
        @Test
        void request_notRecorded_isCaught() throws Exception {
            try (LocalServer server = LocalServer.answering(LocalServer.json(200, "{}"))) {
                assertEquals(200, get(server.uri()));
            }
        }
    }

    @Tag("control")
    @ExtendWith({HiddenRetries.class, Leaks.class})
    static final class Clean {
        @Test
        void request_recorded_passes() throws Exception {
            try (LocalServer server = LocalServer.answering(LocalServer.json(200, "{}"))) {
                AttemptLedger.shared().attempted(server.uri());
                assertEquals(200, get(server.uri()));
            }
        }
    }

    private static int get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
