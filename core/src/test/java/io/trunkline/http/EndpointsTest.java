package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.Clocks;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a connection's requests go: prefixes, and several addresses of one system. */
@Timeout(60)
final class EndpointsTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final String ANSWER = "{\"id\":1,\"name\":\"a\"}";
    private static final URI A = URI.create("https://a.test/");
    private static final URI B = URI.create("https://b.test/crm");
    private static final URI C = URI.create("https://c.test/");

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);

    @Test
    void choose_nothingHasFailed_isTheFirst() {
        Endpoints endpoints = Endpoints.of(List.of(A, B, C), time);

        assertEquals(A, endpoints.choose());
        endpoints.failed(C);
        assertEquals(A, endpoints.choose());
    }

    @Test
    void choose_firstHasFailed_isTheNextForHalfAMinute() throws Exception {
        Endpoints endpoints = Endpoints.of(List.of(A, B, C), time);
        endpoints.failed(A);
        assertEquals(B, endpoints.choose());
        clock.sleep(Duration.ofSeconds(29));
        assertEquals(B, endpoints.choose());
        clock.sleep(Duration.ofSeconds(1));

        assertEquals(A, endpoints.choose());
    }

    @Test
    void choose_allHaveFailed_isTheOneThatFailedLongestAgo() throws Exception {
        Endpoints endpoints = Endpoints.of(List.of(A, B, C), time);
        for (URI each : List.of(B, C, A)) {
            endpoints.failed(each);
            clock.sleep(Duration.ofSeconds(1));
        }
        assertEquals(B, endpoints.choose());
        endpoints.answered(A);

        assertEquals(A, endpoints.choose());
    }

    @Test
    void owns_everyAddressOfTheSystem_andNoOther() {
        Endpoints endpoints = Endpoints.of(List.of(A, B), time);

        assertTrue(endpoints.owns(Origin.of(URI.create("https://b.test:443/elsewhere"))));
        assertFalse(endpoints.owns(Origin.of(C)));
        assertFalse(endpoints.owns(Origin.of(URI.create("http://a.test:443/"))));
        assertThrows(IllegalArgumentException.class, () -> Endpoints.of(List.of(), time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "closed", "503", "502", "hangs"})
    void call_firstAddressIsDown_isAnsweredByTheSecond(String trouble) {
        MockResponse bad = switch (trouble) {
            case "closed" ->
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            case "hangs" ->
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            case "502", "503" -> json(Integer.parseInt(trouble), "{}");
            default -> json(200, ANSWER);
        };
        try (LocalServer first = LocalServer.answering(bad);
                LocalServer second = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(second)) {
            Rig.Api api = api(rig, trouble.equals("refused") ? nobody() : first.uri(), second.uri());

            for (int i = 0; i < 5; i++) {
                assertEquals(1, api.get("1").execute(SOON).id());
            }

            assertTrue(first.count() <= 1, () -> "the bad one was asked " + first.count() + " times");
            assertEquals(5, second.count());
        }
    }

    /** An address where nobody listens any more. */
    private static URI nobody() {
        try (LocalServer gone = LocalServer.unwatched(request -> json(200, ANSWER))) {
            return gone.uri();
        }
    }

    @Test
    void call_refusalOfContent_isNoReasonToGoElsewhere() {
        try (LocalServer first = LocalServer.answering(json(404, "{}"));
                LocalServer second = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(first)) {
            Rig.Api api = api(rig, first.uri(), second.uri());
            for (int i = 0; i < 3; i++) {
                assertThrows(RuntimeException.class, () -> api.get("1").execute(SOON));
            }

            assertEquals(3, first.count());
            assertEquals(0, second.count());
        }
    }

    @Test
    void call_allDown_isAFailureOfTheNetworkAfterThreeAttempts() {
        AtomicInteger seen = new AtomicInteger();
        try (LocalServer first = LocalServer.answering(request -> count(seen));
                LocalServer second = LocalServer.answering(request -> count(seen));
                Rig rig = Rig.to(first)) {
            Rig.Api api = api(rig, first.uri(), second.uri());

            assertThrows(RetryLaterException.class, () -> api.get("1").execute(SOON));

            assertEquals(3, seen.get());
            assertTrue(first.count() > 0 && second.count() > 0);
        }
    }

    private static MockResponse count(AtomicInteger seen) {
        seen.incrementAndGet();
        return json(503, "{}");
    }

    private static Rig.Api api(Rig rig, URI first, URI second) {
        Endpoints endpoints = Endpoints.of(List.of(first, second), TimeSource.system());
        return rig.stack
                .connect(HttpConnectionSettings.builder("several", endpoints)
                        .attemptTimeout(Duration.ofSeconds(1))
                        .resilience(ResilienceSettings.DEFAULT.breaker(null))
                        .build())
                .api(Rig.Api.class);
    }

    @ParameterizedTest
    @CsvSource({"'', /item/1", "crm, /crm/item/1", "crm/, /crm/item/1", "a%20b/v1/, /a%20b/v1/item/1"})
    void call_prefixOfTheAddress_standsBeforeEveryPath(String prefix, String path) {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server.uri().resolve(prefix), stack -> stack, own -> own)) {
            rig.api.get("1").execute(SOON);

            assertEquals(path, server.lastRequest().getUrl().encodedPath());
        }
    }
}
