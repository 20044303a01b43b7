package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.auth.Macs;
import io.trunkline.checks.VirtualClock;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.event.MessageReceived;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The walk of a webhook: checked, stored, acknowledged, handed over. */
@Timeout(60)
final class WebhookWalkTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final WebhookReceiver receiver = new WebhookReceiver("chat", new Lines(), store, time, () -> {});
    private final WebhookDispatcher dispatcher = new WebhookDispatcher("chat", new Lines(), store, time);

    @Test
    void receive_forgedOrUnsigned_is401AndNothingStored() {
        assertEquals(401, receiver.receive(request("a 1 hello", "00ff")).status());
        assertEquals(
                401,
                receiver.receive(new WebhookRequest("POST", URI.create("/x"), Map.of(), utf8("a 1 hello"), clock.now()))
                        .status());

        assertEquals(0, dispatcher.dispatch());
    }

    @Test
    void receive_tooLarge_is413AndUnreadable400() {
        assertEquals(413, receiver.receive(signed("x".repeat(10_001))).status());
        assertEquals(400, receiver.receive(signed("no triple")).status());
    }

    @Test
    void receive_storeDown_is503SoThatItComesAgain() {
        store.close();

        assertEquals(503, receiver.receive(signed("a 1 hello")).status());
    }

    @Test
    void receive_sameEventTwice_isHandledOnce() {
        dispatcher.on(MessageReceived.class, event -> handled.add(event.text()));
        assertEquals(200, receiver.receive(signed("a 1 hello")).status());
        assertEquals(200, receiver.receive(signed("a 1 hello")).status());
        assertEquals(200, receiver.receive(signed("a 1 hello\na 2 again")).status());

        drain();

        assertEquals(List.of("hello", "again"), handled);
    }

    @Test
    void dispatch_failingHandler_holdsBackOnlyItsEntityAndKeepsOrder() throws Exception {
        List<String> failures = new ArrayList<>(List.of("once", "twice"));
        dispatcher.on(MessageReceived.class, event -> {
            if (event.text().equals("a1") && !failures.isEmpty()) {
                throw new IllegalStateException(failures.remove(0));
            }
            handled.add(event.text());
        });
        for (String line : List.of("a 1 a1", "a 2 a2", "b 3 b1")) {
            receiver.receive(signed(line));
        }

        drain();
        assertEquals(List.of("b1"), handled);
        for (int i = 0; i < 4; i++) {
            clock.sleep(Duration.ofMinutes(5));
            drain();
        }

        assertEquals(List.of("b1", "a1", "a2"), handled);
    }

    @Test
    void dispatch_handlerThatAlwaysFails_endsAsDeadLetterWithReason() throws Exception {
        dispatcher.on(MessageReceived.class, event -> {
            throw new IllegalStateException("no such customer +44 7700 900123");
        });
        receiver.receive(signed("a 1 a1"));

        for (int i = 0; i < 8; i++) {
            assertEquals(1, dispatcher.dispatch(), "attempt " + i);
            clock.sleep(Duration.ofHours(11));
        }

        var dead = store.queue(StoredWebhook.queue("chat"))
                .deadLetters(Optional.empty(), 10)
                .items();
        assertEquals(1, dead.size());
        assertTrue(dead.get(0).reason().contains("***23"), dead.get(0).reason());
        assertEquals(0, dispatcher.dispatch());
    }

    @Test
    void jdkServer_signedPost_reachesTheHandlerOnAnotherThread() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        dispatcher.on(MessageReceived.class, event -> arrived.countDown());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (WorkerThreads worker = dispatcher.start(2)) {
            WebhookReceiver waking = new WebhookReceiver("chat", new Lines(), store, time, worker::wake);
            server.createContext("/hook", new JdkWebhookHandler(waking, URI.create("https://calls.test")));
            server.start();
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");

            assertEquals(401, post(address, "a 1 hello", "ab"));
            assertEquals(200, post(address, "a 1 hello", signature("a 1 hello")));

            assertTrue(arrived.await(20, TimeUnit.SECONDS));
        } finally {
            server.stop(0);
        }
    }

    private static int post(URI address, String body, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-Sig", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void drain() {
        while (dispatcher.dispatch() > 0) {
            // Goes on until nothing is due.
        }
    }

    private WebhookRequest signed(String body) {
        return request(body, signature(body));
    }

    private WebhookRequest request(String body, String signature) {
        Instant now = clock.now();
        return new WebhookRequest(
                "POST", URI.create("https://calls.test/hook"), Map.of("X-Sig", List.of(signature)), utf8(body), now);
    }

    private static String signature(String body) {
        return HexFormat.of().formatHex(Macs.hmac("HmacSHA256", Lines.SECRET, utf8(body)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void storedWebhook_writtenAndRead_isTheSame() {
        WebhookRequest request = signed("a 1 héllo");

        StoredWebhook back = StoredWebhook.of(
                StoredWebhook.called(request).with(List.of("1", "2")).bytes());

        assertEquals(request.text(), back.request().text());
        assertEquals(request.headers(), back.request().headers());
        assertEquals(List.of("1", "2"), back.eventIds());
    }
}
