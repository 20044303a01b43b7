package io.trunkline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A platform that floods a WebSocket. */
@Timeout(60)
final class WebSocketGuardTest {

    private static final long MOST = 16L << 20;
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private final LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final AtomicLong written = new AtomicLong();

    /** What the platform sends once the socket is open. */
    private interface Flood {
        void to(OutputStream out) throws Exception;
    }

    private RawServer platform(Flood flood) {
        return RawServer.running(socket -> {
            open(socket);
            flood.to(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int start, int length) throws IOException {
                    socket.getOutputStream().write(bytes, start, length);
                    written.addAndGet(length);
                }
            });
        });
    }

    private static void open(Socket socket) throws Exception {
        String head = RawServer.head(socket.getInputStream());
        String key = head.replaceAll("(?is).*Sec-WebSocket-Key: ([^\r\n]+).*", "$1");
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private WebSocketListener recording() {
        return new WebSocketListener() {
            @Override
            public void text(String message) {
                seen.add(message);
                if (message.equals("throw")) {
                    throw new AssertionError("listener");
                }
            }

            @Override
            public void bytes(byte[] message) {
                seen.add(message.length);
            }

            @Override
            public void failed(RuntimeException cause) {
                seen.add(cause);
            }
        };
    }

    private static Rig to(RawServer server) {
        return Rig.to(server.uri(), stack -> stack, own -> own);
    }

    private void floodEnds(Flood flood) throws Exception {
        try (RawServer server = platform(flood);
                Rig rig = to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(), Duration.ofSeconds(5))) {
            assertInstanceOf(ConnectorException.class, seen.poll(30, TimeUnit.SECONDS));

            assertTrue(written.get() < MOST, () -> written + " bytes were taken");
            assertEquals(0, socket.waiting());
        }
    }

    @Test
    void T56_frameOf512Megabytes_endsTheSocketLongBeforeItsEnd() throws Exception {
        floodEnds(out -> {
            out.write(new byte[] {(byte) 0x82, 127, 0, 0, 0, 0, 0x20, 0, 0, 0});
            for (int i = 0; i < 512; i++) {
                out.write(MEGABYTE);
            }
        });
    }

    @Test
    void T56_fragmentsWithoutEnd_endTheSocket() throws Exception {
        floodEnds(out -> {
            out.write(new byte[] {0x02, 1, 'a'});
            byte[] fragments = new byte[3 * 100_000];
            for (int i = 0; i < fragments.length; i += 3) {
                fragments[i + 1] = 1;
            }
            while (true) {
                out.write(fragments);
            }
        });
    }

    @Test
    void T56_pingsWithoutEnd_endTheSocket() throws Exception {
        floodEnds(out -> {
            byte[] pings = new byte[127 * 1_000];
            for (int i = 0; i < pings.length; i += 127) {
                pings[i] = (byte) 0x89;
                pings[i + 1] = 125;
            }
            while (true) {
                out.write(pings);
            }
        });
    }

    @Test
    void manyMessagesTogetherBeyondTheCap_allArrive() throws Exception {
        byte[] message = new byte[4 + (60 << 10)];
        message[0] = (byte) 0x82;
        message[1] = 126;
        message[2] = (byte) 0xf0;
        try (RawServer server = platform(out -> {
                    for (int i = 0; i < 300; i++) {
                        out.write(message);
                    }
                });
                Rig rig = to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(), Duration.ofSeconds(5))) {
            for (int i = 0; i < 300; i++) {
                assertEquals(60 << 10, seen.poll(10, TimeUnit.SECONDS));
            }
            assertTrue(written.get() > MOST);
            assertEquals(0, socket.waiting());
        }
    }

    @Test
    void T57_listenerThatThrowsAnError_endsTheSocketAndIsTold() throws Exception {
        try (RawServer server = platform(out -> {
                    out.write(new byte[] {(byte) 0x81, 5, 't', 'h', 'r', 'o', 'w'});
                    out.write(new byte[] {(byte) 0x81, 4, 'm', 'o', 'r', 'e'});
                });
                Rig rig = to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(), Duration.ofSeconds(5))) {
            assertEquals("throw", seen.poll(10, TimeUnit.SECONDS));

            ConnectorException told = assertInstanceOf(ConnectorException.class, seen.poll(10, TimeUnit.SECONDS));
            assertEquals(ErrorKind.CANCELLED, told.kind());
            assertTrue(socket.over());
        }
    }

    @Test
    void X35_openSocket_endsWithTheLibrary() throws Exception {
        try (RawServer server = platform(out -> out.write(new byte[] {(byte) 0x81, 2, 'h', 'i'}));
                Rig rig = to(server);
                BoundedWebSocket socket = rig.connection.webSocket("ws", recording(), Duration.ofSeconds(5))) {
            assertEquals("hi", seen.poll(10, TimeUnit.SECONDS));

            rig.stack.close();

            assertInstanceOf(ConnectorException.class, seen.poll(10, TimeUnit.SECONDS));
            assertTrue(socket.over());
        }
    }

    @Test
    void T4_addressOfAnotherOrigin_isNotOpened() {
        try (RawServer server = platform(out -> {});
                Rig rig = to(server)) {
            assertThrows(
                    ConnectorException.class,
                    () -> rig.connection.webSocket("http://evil.test/ws", recording(), Duration.ofSeconds(5)));

            assertEquals(0, server.connections());
        }
    }
}
