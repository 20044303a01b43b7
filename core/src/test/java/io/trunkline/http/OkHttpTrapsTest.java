package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Credentials;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttp;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps of OkHttp 5.4, each by its number: what a bare client falls into and this library must not. */
@Timeout(60)
final class OkHttpTrapsTest {

    private static final Rig.Item ITEM = new Rig.Item(1, "a");
    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));

    @Test
    void O1_postWhoseConnectionDiesAfterReading_isSentOnceAndUnknown() {
        try (LocalServer server = LocalServer.answering(dying());
                Rig rig = Rig.to(server)) {
            ConnectorException thrown = assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(1, server.count());
            assertEquals(1, rig.attempts.size());
            assertEquals(ErrorKind.OUTCOME_UNKNOWN, Leaks.saw(thrown).kind());
        }
    }

    @Test
    void O1_postOnReusedConnectionThatDies_isSentOnce() {
        try (LocalServer server = LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\"}"), dying());
                Rig rig = Rig.to(server)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(2, server.count());
        }
    }

    @Test
    void O1_postToHostOfThreeAddresses_isSentOnce() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (LocalServer server = LocalServer.answering(dying());
                Rig rig = Rig.to(
                        URI.create("http://three.test:" + server.uri().getPort() + "/"),
                        stack -> stack.resolver(host -> List.of(loopback, loopback, loopback)),
                        settings -> settings)) {
            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @Test
    void O2_unavailableWithRetryAfterZero_isNotSentAgainBehindOurBack() {
        MockResponse later = new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .build();
        try (LocalServer server = LocalServer.answering(later);
                Rig rig = Rig.to(server)) {
            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @Test
    void O2_requestTimeoutStatus_isNotSentAgainBehindOurBack() {
        try (LocalServer server = LocalServer.answering(json(408, "{}"));
                Rig rig = Rig.to(server)) {
            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999",
                "-1",
                "abc",
                "0,120",
                "299.997",
                "999999999999999999999999999999999999999999",
                "1e9"
            })
    void O3_absurdRetryAfter_isTypedErrorAndNoCrash(String value) {
        MockResponse later = new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", value)
                .build();
        try (LocalServer server = LocalServer.answering(later);
                Rig rig = Rig.to(server)) {
            assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofMillis(900))));

            assertTrue(server.count() >= 1 && server.count() <= 3);
        }
    }

    @Test
    void O4_redirectToAnotherOrigin_carriesNothingThere() {
        Secret key = Secret.of(Canary.secret());
        try (LocalServer other = LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\"}"));
                LocalServer server = LocalServer.answering(new MockResponse.Builder()
                        .code(307)
                        .addHeader("Location", other.uri().resolve("item"))
                        .build());
                Rig rig = Rig.to(server, own -> own.authorizer(Credentials.apiKeyHeader("X-API-Key", key)))) {
            Leaks.saw(assertThrows(
                    ConnectorException.class, () -> rig.api.create(ITEM).execute(SOON)));
            Leaks.saw(assertThrows(
                    ConnectorException.class, () -> rig.api.get("1").execute(SOON)));

            assertEquals(0, other.count());
            assertEquals(2, server.count());
        }
    }

    @Test
    void O5_gzipBomb_isRefusedBeforeItFillsTheHeap() throws Exception {
        Buffer bomb = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(bomb))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                sink.write(zeros);
            }
        }
        MockResponse response = new MockResponse.Builder()
                .addHeader("Content-Type", "text/plain")
                .addHeader("Content-Encoding", "gzip")
                .body(bomb)
                .build();
        try (LocalServer server = LocalServer.answering(response);
                Rig rig = Rig.to(server)) {
            ConnectorException thrown =
                    assertThrows(ProtocolException.class, () -> rig.api.text().execute(SOON));

            assertTrue(thrown.getMessage().contains("larger than the library accepts"), thrown::getMessage);
        }
    }

    @Test
    void O6_answerThatDrips_endsAtTheDeadline() {
        MockResponse drip = json(200, "{\"id\":1,\"name\":\"" + "a".repeat(400) + "\"}")
                .newBuilder()
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build();
        try (LocalServer server = LocalServer.answering(drip);
                Rig rig = Rig.to(server)) {
            long start = System.nanoTime();
            assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofMillis(600))));

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"name\":\"a\"", "{\"id\":1,\"name\":\"a\"}{", "", "{\"id\":1,\"na"})
    void O7_bodyCutOffWithoutLength_isNotTakenForWhole(String cut) {
        MockResponse response = new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(cut)
                .removeHeader("Content-Length")
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                .build();
        try (LocalServer server = LocalServer.answering(response);
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
        }
    }

    @Test
    void O8_lineBreakInCredential_isRefusedWithoutRepeatingIt() {
        Secret broken = Secret.of(Canary.secret() + "\r\nX-Evil: 1");
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server, own -> own.authorizer(Credentials.apiKeyHeader("X-API-Key", broken)))) {
            Leaks.saw(assertThrows(
                    AuthenticationException.class, () -> rig.api.get("1").execute(SOON)));

            assertEquals(0, server.count());
        }
    }

    @Test
    void O8_keyInQueryAndHeader_isInNoTextOfARequest() {
        Secret key = Secret.of(Canary.secret());
        try (LocalServer server = LocalServer.answering(json(500, "{}"));
                Rig rig = Rig.to(
                        server,
                        own -> own.authorizer(request -> {
                            Credentials.apiKeyQuery("key", key).authorize(request);
                            Credentials.bearer(key).authorize(request);
                            Leaks.printed(request);
                        }))) {
            Leaks.saw(assertThrows(
                    ConnectorException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofSeconds(3)))));
            rig.attempts.forEach(Leaks::printed);
            rig.outcomes.forEach(Leaks::printed);

            assertTrue(server.lastRequest().getUrl().toString().contains("key="));
        }
    }

    @Test
    void O11_okHttp_isNewEnoughForTimeoutsToFire() {
        assertFalse(OkHttp.VERSION.matches("[0-4]\\..*|5\\.[0-2]\\..*|5\\.3\\.[01]"), OkHttp.VERSION);
    }

    @Test
    void O12_staleConnection_safeCallIsRepeatedAndPostIsNot() {
        try (LocalServer server = LocalServer.answering(dying(), json(200, "{\"id\":7,\"name\":\"a\"}"), dying());
                Rig rig = Rig.to(server)) {
            assertEquals(7, rig.api.get("7").execute(SOON).id());
            assertEquals(2, rig.attempts.size());
            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));
            assertEquals(3, server.count());
        }
    }

    @Test
    void O12_staleConnection_postWithKeyIsRepeatedUnderTheSameKey() {
        try (LocalServer server = LocalServer.answering(dying(), json(200, "{}"));
                Rig rig = Rig.to(server)) {
            rig.api.keyed(ITEM).execute(SOON.idempotencyKey("call-42"));

            assertEquals(
                    List.of("call-42", "call-42"),
                    server.requests().stream()
                            .map(request -> request.getHeaders().get("Idempotency-Key"))
                            .toList());
        }
    }

    @Test
    void O13_benchmarks_neverUseMockWebServer() throws Exception {
        Path benchmarks = Path.of(System.getProperty("trunkline.root"), "benchmarks");
        assertNull(
                Files.isDirectory(benchmarks) ? firstUse(benchmarks) : null,
                "MockWebServer answers 1000 times slower than a plain server");
    }

    private static String firstUse(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().matches("(?!.*/target/).*\\.(java|xml)"))
                    .toList()) {
                if (Files.readString(file).toLowerCase(Locale.ROOT).contains("mockwebserver")) {
                    return file.toString();
                }
            }
        }
        return null;
    }

    @Test
    void oneShotBody_connectionDies_isSentOnce() {
        RequestBody body = RequestBody.create(new byte[] {1, 2, 3}, null);
        try (LocalServer server = LocalServer.answering(dying());
                Rig rig = Rig.to(server)) {
            assertThrows(OutcomeUnknownException.class, () -> rig.api.send(body).execute(SOON));

            assertEquals(1, server.count());
        }
    }

    private static MockResponse dying() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }
}
