package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.value.CallOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose bytes break the protocol, or never come. */
@Timeout(120)
final class FramingTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final Rig.Item ITEM = new Rig.Item(1, "a");
    private static final String BODY = "{\"id\":1,\"name\":\"a\"}";
    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private static Rig to(RawServer server) {
        return Rig.to(server.uri(), stack -> stack, own -> own);
    }

    @Test
    void X8_connectionClosedUnanswered_isRepeatedOnlyIfSafe() {
        MockResponse dying = new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
        try (LocalServer server = LocalServer.answering(dying, json(200, BODY), dying);
                Rig rig = Rig.to(server)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            assertEquals(2, server.count());

            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));
            assertEquals(3, server.count());
        }
    }

    @Test
    void X9_pooledConnectionGoneStale_safeCallGoesOnOverANewOne() {
        try (RawServer server = RawServer.running(socket -> {
                    RawServer.head(socket.getInputStream());
                    socket.getOutputStream()
                            .write((JSON + "Content-Length: 19\r\n\r\n" + BODY).getBytes(StandardCharsets.US_ASCII));
                    RawServer.head(socket.getInputStream());
                    socket.close();
                });
                Rig rig = to(server)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            assertEquals(1, rig.api.get("1").execute(SOON).id());

            assertEquals(2, server.connections());
            assertEquals(3, rig.attempts.size());
        }
    }

    /** As servers in Perl and Python do: the answer first, the cleaning up next, and only then the end of the connection. */
    @Test
    void X9_serverOfHttp10ThatClosesLate_isNotSentAWriteThatItWillNotRead() {
        try (RawServer server = RawServer.running(socket -> {
                    String head = RawServer.head(socket.getInputStream());
                    if (head.startsWith("POST")) {
                        socket.getInputStream().readNBytes(length(head));
                    }
                    socket.getOutputStream()
                            .write((JSON.replace("HTTP/1.1", "HTTP/1.0") + "Content-Length: 19\r\n\r\n" + BODY)
                                    .getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(300_000_000);
                    socket.close();
                });
                Rig rig = to(server)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            assertEquals(1, rig.api.create(ITEM).execute(SOON).id());
            assertEquals(1, rig.api.create(ITEM).execute(SOON).id());

            assertEquals(3, server.connections());
            assertEquals(3, rig.attempts.size());
        }
    }

    private static int length(String head) {
        return Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
    }

    @Test
    void X10_headThatDrips_endsAtTheDeadline() {
        try (RawServer server = RawServer.running(socket -> {
                    RawServer.head(socket.getInputStream());
                    for (byte each : (JSON + "X-Long: " + "a".repeat(10_000)).getBytes(StandardCharsets.US_ASCII)) {
                        socket.getOutputStream().write(each);
                        socket.getOutputStream().flush();
                        LockSupport.parkNanos(20_000_000);
                    }
                });
                Rig rig = to(server)) {
            long start = System.nanoTime();

            RetryLaterException thrown = assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofMillis(300))));

            assertEquals(ErrorKind.TIMEOUT, thrown.kind());
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JSON + "Content-Length: 100\r\n\r\n" + BODY,
                JSON + "Transfer-Encoding: chunked\r\n\r\n13\r\n" + BODY,
                JSON + "Transfer-Encoding: chunked\r\n\r\n13\r\n" + BODY + "\r\n",
                JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void X11_bodyCutOff_isAProtocolErrorAndRepeatedOnlyIfSafe(String answer) {
        try (RawServer server = RawServer.answering(answer);
                Rig rig = to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
            assertEquals(3, rig.attempts.size());

            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));
            assertEquals(4, rig.attempts.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"name\":\"a\"", "{\"id\":1", ""})
    void X12_bodyCutOffWithoutLength_isAProtocolError(String body) {
        try (RawServer server = RawServer.answering(JSON + "\r\n" + body);
                Rig rig = to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"19\r\nContent-Length: 20", "5\r\nContent-Length: 19", "19\r\ncontent-length: 7"})
    void X13_twoLengths_areAProtocolError(String lengths) {
        try (RawServer server = RawServer.answering(JSON + "Content-Length: " + lengths + "\r\n\r\n" + BODY);
                Rig rig = to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "99999999999999999999", "19\r\nContent-Length: 19"})
    void X13_lengthThatSaysNothing_isReadToTheEndOfTheDocument(String length) {
        try (RawServer whole = RawServer.answering(JSON + "Content-Length: " + length + "\r\n\r\n" + BODY);
                RawServer cut = RawServer.answering(JSON + "Content-Length: " + length + "\r\n\r\n{\"id\":1,");
                Rig first = to(whole);
                Rig second = to(cut)) {
            assertEquals(1, first.api.get("1").execute(SOON).id());
            assertThrows(ProtocolException.class, () -> second.api.get("1").execute(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n"})
    void answer_thatIsNoHttp_isTypedAndRepeatedOnlyIfSafe(String answer) {
        try (RawServer server = RawServer.answering(answer);
                Rig rig = to(server)) {
            assertThrows(ConnectorException.class, () -> rig.api.get("1").execute(SOON));
            assertEquals(3, rig.attempts.size());

            assertThrows(
                    OutcomeUnknownException.class, () -> rig.api.create(ITEM).execute(SOON));
        }
    }

    @Test
    void R6_serversThatHangAtEveryPlace_overshootNoDeadlineByMuch() {
        List<String> openings = List.of("", "HTTP/1.1 200", JSON, JSON + "Content-Length: 100\r\n\r\n{\"id\":");
        List<Long> overshoots = new ArrayList<>();
        for (String opening : openings) {
            try (RawServer server = RawServer.running(socket -> {
                        RawServer.head(socket.getInputStream());
                        socket.getOutputStream().write(opening.getBytes(StandardCharsets.US_ASCII));
                        socket.getInputStream().read();
                    });
                    Rig rig = to(server)) {
                for (int millis : new int[] {20, 100, 300}) {
                    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
                    assertThrows(
                            ConnectorException.class,
                            () -> rig.api.get("1").execute(CallOptions.within(Duration.ofMillis(millis))));
                    overshoots.add((System.nanoTime() - end) / 1_000_000);
                }
            }
        }

        Collections.sort(overshoots);
        assertTrue(overshoots.get(overshoots.size() / 2) <= 100, overshoots::toString);
        assertTrue(overshoots.get(overshoots.size() - 1) <= 2_000, overshoots::toString);
    }
}
