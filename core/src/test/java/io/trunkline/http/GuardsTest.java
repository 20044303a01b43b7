package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Credentials;
import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import okhttp3.Response;
import okhttp3.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library opens towards addresses and streams that others name. */
@Timeout(60)
final class GuardsTest {

    private static final long MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "2130706433", "127.1", "[::ffff:7f00:1]", "[::1]", "10.0.0.1", "169.254.169.254",
                "100.64.0.1", "[fc00::1]", "[64:ff9b::7f00:1]", "192.168.1.1", "172.31.255.255", "0.0.0.0", "[fe80::1]",
                "198.18.0.1", "[2002:7f00:1::]", "[2001:db8::1]", "224.0.0.1", "255.255.255.255"
            })
    void O9_closedAddressInAnyForm_isNotConnectedTo(String host) throws Exception {
        InetAddress address = InetAddress.getByName(host.replaceAll("[\\[\\]]", ""));
        try (Socket socket = new GuardedSockets().createSocket()) {
            assertThrows(
                    GuardedSockets.ClosedAddressException.class,
                    () -> socket.connect(new InetSocketAddress(address, 443), 100));
        }
        assertFalse(PublicAddresses.open(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "192.169.0.1", "11.0.0.1"})
    void O9_publicAddress_isOpen(String host) throws Exception {
        assertTrue(PublicAddresses.open(InetAddress.getByName(host)));
    }

    @Test
    void O9_downloadFromThisMachine_isRefusedByNameAndByNumber() {
        try (LocalServer server = LocalServer.answering(json(200, "{}"));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of());
            int port = server.uri().getPort();
            for (String host : List.of("127.0.0.1", "localhost", "2130706433")) {
                assertThrows(
                        SecurityPolicyException.class,
                        () -> downloads.get(URI.create("https://" + host + ":" + port + "/"), MEGABYTE, soon()));
            }
            assertThrows(SecurityPolicyException.class, () -> downloads.get(server.uri(), MEGABYTE, soon()));

            assertEquals(0, server.count());
        }
    }

    @Test
    void O9_trustedOriginThatRedirectsInside_isNotFollowedThere() {
        try (LocalServer inside = LocalServer.answering(json(200, "{}"));
                LocalServer server = LocalServer.answering(new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", inside.uri())
                        .build());
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of(Origin.of(server.uri())));

            assertThrows(SecurityPolicyException.class, () -> downloads.get(server.uri(), MEGABYTE, soon()));

            assertEquals(0, inside.count());
        }
    }

    @Test
    void download_trustedOrigin_givesBytesWithinTheLimit() {
        try (LocalServer server = LocalServer.answering(json(200, "0123456789"));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of(Origin.of(server.uri())));

            assertEquals("0123456789", downloads.get(server.uri(), 10, soon()).text());
            assertThrows(ProtocolException.class, () -> downloads.get(server.uri(), 9, soon()));
        }
    }

    @Test
    void download_ofThePlatformItself_leavesTheCredentialAtItsOrigin() {
        Secret key = Secret.of(Canary.secret());
        try (LocalServer elsewhere = LocalServer.answering(json(200, "picture"));
                LocalServer server = LocalServer.answering(new MockResponse.Builder()
                        .code(307)
                        .addHeader("Location", elsewhere.uri())
                        .build());
                Rig rig = Rig.to(server, own -> own.authorizer(Credentials.apiKeyHeader("X-API-Key", key)))) {
            assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.connection.download("media/1", MEGABYTE, Duration.ofSeconds(5)));

            assertEquals(key.reveal(), server.lastRequest().getHeaders().get("X-API-Key"));
            assertEquals(0, elsewhere.count());
        }
    }

    @Test
    void O10_messageBeyondTheCap_endsTheSocket() throws Exception {
        LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        MockResponse upgrade = new MockResponse.Builder()
                .webSocketUpgrade(new okhttp3.WebSocketListener() {
                    @Override
                    public void onOpen(WebSocket socket, Response response) {
                        socket.send("hello");
                        socket.send("x".repeat((4 << 20) + 1));
                    }

                    @Override
                    public void onClosing(WebSocket socket, int code, String reason) {
                        socket.cancel();
                    }
                })
                .build();
        try (LocalServer server = LocalServer.answering(upgrade);
                Rig rig = Rig.to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(seen), Duration.ofSeconds(5))) {
            AttemptLedger.shared().attempted(server.uri());

            assertEquals("hello", seen.poll(10, TimeUnit.SECONDS));
            Object failure = seen.poll(10, TimeUnit.SECONDS);

            assertTrue(failure instanceof ProtocolException, String.valueOf(failure));
            assertFalse(socket.send("more"));
        }
    }

    @Test
    void O10_handshake_offersNoCompression() throws Exception {
        MockResponse upgrade = new MockResponse.Builder()
                .webSocketUpgrade(new okhttp3.WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, okio.ByteString bytes) {
                        socket.send(bytes);
                    }

                    @Override
                    public void onClosing(WebSocket socket, int code, String reason) {
                        socket.close(code, null);
                    }
                })
                .build();
        LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        try (LocalServer server = LocalServer.answering(upgrade);
                Rig rig = Rig.to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(seen), Duration.ofSeconds(5))) {
            AttemptLedger.shared().attempted(server.uri());
            assertTrue(socket.send(new byte[] {1, 2}));

            assertArrayEquals(new byte[] {1, 2}, (byte[]) seen.poll(10, TimeUnit.SECONDS));
            assertNull(server.lastRequest().getHeaders().get("Sec-WebSocket-Extensions"));
        }
    }

    private static WebSocketListener recording(LinkedBlockingQueue<Object> seen) {
        return new WebSocketListener() {
            @Override
            public void text(String message) {
                seen.add(message);
            }

            @Override
            public void bytes(byte[] message) {
                seen.add(message);
            }

            @Override
            public void failed(RuntimeException cause) {
                seen.add(cause);
            }
        };
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10), TimeSource.system());
    }
}
