package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.Event;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The adapters in real servers: the JDK's, and Jetty as a container of servlets. */
@Timeout(120)
final class AdaptersTest {

    enum Host {
        JDK,
        JETTY
    }

    private static final URI PUBLIC = URI.create("https://calls.test");

    private final TimeSource time = TimeSource.system();
    private final Store store = Store.inMemory(time);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();

    private final WebhookProtocol protocol = new Delegate(new Lines()) {
        @Override
        public List<Event> decode(WebhookRequest request) {
            seen.add(request.method() + " " + request.url() + " " + request.bodySize());
            return super.decode(request);
        }

        @Override
        public WebhookReply acknowledgement(WebhookRequest request) {
            return WebhookReply.of(202, "text/xml", "<ok>\u00e9</ok>");
        }

        @Override
        public int largestBody() {
            return 100_000;
        }
    };

    private final WebhookReceiver receiver = new WebhookReceiver("chat", protocol, store, time, () -> {});

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable server : running) {
            server.close();
        }
    }

    private int start(Host host) throws Exception {
        return host == Host.JDK ? jdk(new JdkWebhookHandler(receiver, PUBLIC, Duration.ofSeconds(2))) : jetty();
    }

    private int jdk(JdkWebhookHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        running.add(() -> {
            server.stop(0);
            threads.shutdownNow();
        });
        return server.getAddress().getPort();
    }

    private int jetty() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(1_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new WebhookServlet(receiver, PUBLIC)), "/*");
        server.setHandler(context);
        server.start();
        running.add(server::stop);
        return connector.getLocalPort();
    }

    private static String genuine(String target, String body) {
        return RawSender.post(
                target, body, body.getBytes(StandardCharsets.UTF_8).length, "X-Sig: " + Lines.signature(body));
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void genuinePost_isAnsweredAsThePlatformWants(Host host) throws Exception {
        try (RawSender sender = new RawSender(start(host))) {
            sender.write(genuine("/hook/a%20b?x=1&y=%2F", "a 1 h\u00e9llo"));

            assertEquals(202, sender.status());
            String answer = sender.rest();
            assertTrue(answer.endsWith("<ok>\u00e9</ok>"), answer);
            assertTrue(answer.contains("text/xml"), answer);
        }
        assertEquals(List.of("POST https://calls.test/hook/a%20b?x=1&y=%2F 10"), seen);
        assertEquals(
                1,
                store.queue(StoredWebhook.queue("chat"))
                        .pending(Optional.empty(), 9)
                        .items()
                        .size());
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void T16_forgedPost_is401WithoutABody(Host host) throws Exception {
        try (RawSender sender = new RawSender(start(host))) {
            sender.write(RawSender.post("/hook", "a 1 x", 5, "X-Sig: 00"));

            assertEquals(401, sender.status());
            String answer = sender.rest();
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
        assertEquals(List.of(), seen);
    }

    /** The host that a request names, in its target or its header, is never that of the address that is checked. */
    @ParameterizedTest
    @EnumSource(Host.class)
    void hostOfTheRequest_isNotBelieved(Host host) throws Exception {
        int port = start(host);
        for (String target :
                List.of("//evil.test/hook", "http://evil.test/hook", "/hook", "/..;/hook", "/hook?u=http://e")) {
            try (RawSender sender = new RawSender(port)) {
                sender.write(genuine(target, "a 1 x"));
                sender.status();
            }
        }

        assertTrue(
                !seen.isEmpty() && seen.stream().allMatch(each -> each.startsWith("POST https://calls.test/")),
                seen::toString);
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void targetThatIsNoAddress_isRefusedByAStatus(Host host) throws Exception {
        int port = start(host);
        for (String target : List.of("/hook?a={b}", "/hook?a=|", "/hook?%zz", "*", "/\"x\"")) {
            try (RawSender sender = new RawSender(port)) {
                sender.write(genuine(target, "a 1 x"));
                int status = sender.status();
                assertTrue(status == 400 || status == 404 || status == -1, target + " " + status);
            }
        }
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void T29_bodyOfAGigabyteOrWithoutEnd_is413AtTheCap(Host host) throws Exception {
        int port = start(host);
        String most = "x".repeat(100_001);
        try (RawSender claimed = new RawSender(port);
                RawSender chunked = new RawSender(port)) {
            claimed.write(RawSender.post("/hook", most, 1 << 30, "X-Sig: 00"));
            assertEquals(413, claimed.status());
            chunked.write("POST /hook HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX-Sig: 00\r\n\r\n");
            chunked.write(Integer.toHexString(most.length()) + "\r\n" + most + "\r\n");
            assertEquals(413, chunked.status());
        }
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void connectionThatEndsWithinTheBody_hasNoEffect(Host host) throws Exception {
        int port = start(host);
        try (RawSender sender = new RawSender(port)) {
            sender.write(RawSender.post("/hook", "a 1 x", 6, "X-Sig: " + Lines.signature("a 1 x")));
        }
        try (RawSender sender = new RawSender(port)) {
            sender.write(genuine("/hook", "a 2 y"));
            assertEquals(202, sender.status());
        }

        assertEquals(1, seen.size());
    }

    @Test
    void T29_bodyThatStandsStill_endsTheConnection() throws Exception {
        int jdk = jdk(new JdkWebhookHandler(receiver, PUBLIC, Duration.ofMillis(300)));
        int jetty = jetty();
        for (int port : new int[] {jdk, jetty}) {
            try (RawSender sender = new RawSender(port)) {
                sender.write(RawSender.post("/hook", "a 1", 1_000, "X-Sig: 00"));

                int status = sender.status();

                assertTrue(status == -1 || status >= 400, "status " + status);
            }
        }
        assertEquals(List.of(), seen);
    }

    @Test
    void T29_bodyThatDrips_isGivenUpAfterTenSeconds() throws Exception {
        VirtualClock clock = VirtualClock.single();
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                clock.advance(Duration.ofSeconds(1));
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };

        assertTrue(TimedBody.read(drip, 1_000, Clocks.of(clock)).isEmpty());
        assertEquals(Duration.ofSeconds(11).toNanos(), clock.nanos());
        assertEquals(9, TimedBody.read(drip, 9, Clocks.of(clock)).orElseThrow().length);
        byte[] large = new byte[50_000];
        assertEquals(
                20_000,
                TimedBody.read(new ByteArrayInputStream(large), 20_000, Clocks.of(clock))
                        .orElseThrow()
                        .length);
        assertEquals(
                50_000,
                TimedBody.read(new ByteArrayInputStream(large), 60_000, Clocks.of(clock))
                        .orElseThrow()
                        .length);
    }

    @Test
    void publicAddress_withoutSchemeOrHost_isRefused() {
        for (String address : List.of("/hook", "calls.test", "mailto:a@b.test", "")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new JdkWebhookHandler(receiver, URI.create(address)),
                    address);
        }
        PublicAddress address = new PublicAddress(URI.create("https://calls.test:8443/ignored"));
        assertEquals(Optional.of(URI.create("https://calls.test:8443/a?b=c")), address.of("/a", "b=c"));
        assertEquals(Optional.empty(), address.of("evil", null));
        assertEquals(Optional.empty(), address.of(null, null));
        assertEquals(Optional.empty(), address.of("/a b", null));
    }
}
