package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Macs;
import io.trunkline.checks.Canary;
import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.Event;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the receiver answers, and what is in the store afterwards. */
@Timeout(60)
final class WebhookIntakeTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final Lines protocol = new Lines();
    private final AtomicInteger woken = new AtomicInteger();
    private final WebhookReceiver receiver = new WebhookReceiver("chat", protocol, store, time, woken::incrementAndGet);

    @Test
    void T19_sameRequestAgain_isAcceptedAndKeptOnce() {
        for (int i = 0; i < 5; i++) {
            assertEquals(200, receive("a 1 hello"));
        }

        assertEquals(1, waiting().size());
        assertEquals(1, woken.get());
        assertEquals(List.of(), conflicts());
    }

    @Test
    void T21_sameIdWithAnotherContent_isPutApartAndTheFirstStands() {
        assertEquals(200, receive("a 1 hello"));
        assertEquals(200, receive("a 1 another"));
        assertEquals(200, receive("a 1 another"));

        assertEquals(List.of("a 1 hello"), texts(waiting()));
        assertEquals(List.of("a 1 another"), texts(conflicts()));
        assertEquals(
                1,
                CapturedLog.lines().stream()
                        .filter(line -> line.contains("another content"))
                        .count());
    }

    @Test
    void T21_repetitionAmongOthersOrWithACounter_isNoConflict() {
        receive("a 1 hello\nattempt 1");
        receive("a 1 hello\nattempt 2");
        receive("a 1 hello\na 2 more");

        assertEquals(List.of(), conflicts());
        assertEquals(2, waiting().size());
    }

    @Test
    void X46_idOfThreeDaysAgo_isStillKnownAndOneOfEightDaysNot() {
        receive("a 1 hello");
        clock.advance(Duration.ofDays(6));
        receive("a 1 hello");
        assertEquals(1, waiting().size());
        clock.advance(Duration.ofDays(2));
        receive("a 1 hello");

        assertEquals(2, waiting().size());
    }

    @Test
    void T29_bodyAboveTheCap_is413BeforeItIsChecked() {
        assertEquals(200, receive("a 1 " + "x".repeat(9_996)));
        assertEquals(413, receive("a 1 " + "x".repeat(9_997)));
        assertEquals(1, protocol.decoded.get());
    }

    @Test
    void T22_headOfMoreThan64KiB_is400BeforeItIsChecked() {
        WebhookRequest genuine = Lines.signed("a 1 hello", clock.now());
        for (Map<String, List<String>> flood : List.of(
                Map.of("X-Sig", genuine.headers("X-Sig"), "X-More", List.of("x".repeat(65_536))),
                Map.of("X-Sig", genuine.headers("X-Sig"), "X-M", Collections.nCopies(20_000, "x")))) {
            assertEquals(
                    400,
                    receiver.receive(new WebhookRequest("POST", genuine.url(), flood, genuine.body(), clock.now()))
                            .status());
        }
        URI longAddress = URI.create("https://calls.test/" + "x".repeat(65_536));
        assertEquals(
                400,
                receiver.receive(
                                new WebhookRequest("POST", longAddress, genuine.headers(), genuine.body(), clock.now()))
                        .status());
        assertEquals(0, protocol.decoded.get());
    }

    @Test
    void T30_floodOfForgedEvents_reachesNeitherReaderNorStore() {
        for (int i = 0; i < 10_000; i++) {
            assertEquals(
                    401,
                    receiver.receive(Lines.request("a " + i + " x", "00", clock.now()))
                            .status());
        }
        assertEquals(0, protocol.decoded.get());
        assertEquals(200, receive("a 1 hello"));

        assertEquals(1, waiting().size());
    }

    @Test
    void T31_forgedIds_takeNoRoomInTheStore() {
        receiver.receive(Lines.request("a 1 x", "00", clock.now()));

        assertEquals(
                List.of(),
                store.values(StoredWebhook.SEEN).list("", Optional.empty(), 10).items());
        assertEquals(200, receive("a 1 x"));
        assertEquals(1, waiting().size());
    }

    @Test
    void T30_moreAtOnceThanThereIsRoomFor_are429() throws Exception {
        CountDownLatch in = new CountDownLatch(128);
        CountDownLatch go = new CountDownLatch(1);
        WebhookReceiver slow = receiver(request -> {
            in.countDown();
            await(go);
        });
        ExecutorService threads = Executors.newFixedThreadPool(128);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 128; i++) {
                String line = "a " + i + " x";
                answers.add(threads.submit(
                        () -> slow.receive(Lines.signed(line, clock.now())).status()));
            }
            in.await();

            assertEquals(429, slow.receive(Lines.signed("a 999 x", clock.now())).status());

            go.countDown();
            for (Future<Integer> answer : answers) {
                assertEquals(200, answer.get());
            }
            assertEquals(200, slow.receive(Lines.signed("a 999 x", clock.now())).status());
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void T33_checkThatFails_is503AndNeverPasses() {
        String secret = Canary.secret();
        WebhookReceiver broken = receiver(request -> {
            throw new IllegalStateException("key store down at " + secret);
        });

        assertEquals(503, broken.receive(Lines.signed("a 1 hello", clock.now())).status());
        assertEquals(0, protocol.decoded.get());
        assertEquals(List.of(), waiting());
    }

    @Test
    void T16_everyRefusal_looksTheSame() {
        WebhookReply missing = receiver.receive(
                new WebhookRequest("POST", URI.create("/x"), Map.of(), Lines.utf8("a 1 x"), clock.now()));
        WebhookReply wrong = receiver.receive(Lines.request("a 1 x", "00ff", clock.now()));

        assertEquals(missing.status(), wrong.status());
        assertEquals(0, missing.body().length + wrong.body().length);
        assertEquals(missing.contentType(), wrong.contentType());
    }

    @Test
    void T46_reasonOfAConnector_isOneMaskedLogLine() {
        String phone = Canary.phone();
        WebhookReceiver talking = receiver(request -> {
            throw new ForgedWebhookException("from " + phone + "\r\nINFO admin login \u001b[31m${jndi:ldap://x}");
        });

        assertEquals(401, talking.receive(Lines.signed("a 1 x", clock.now())).status());

        String line = CapturedLog.lines().get(CapturedLog.lines().size() - 1);
        assertTrue(line.lines().count() == 1 && !line.contains("\u001b") && !line.contains("${"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "a 1", "a  x", "", " 1 x", "a 1 #x"})
    void receive_genuineButUnreadable_is400AndNotKept(String body) {
        assertEquals(400, receive(body));
        assertEquals(List.of(), waiting());
    }

    @Test
    void receive_bodyThatIsNotUtf8_is400AlthoughGenuine() {
        byte[] body = {'a', ' ', '1', ' ', (byte) 0xc3, (byte) 0x28};
        String signature = HexFormat.of().formatHex(Macs.hmac("HmacSHA256", Lines.SECRET, body));
        WebhookRequest request = new WebhookRequest(
                "POST", URI.create("https://calls.test/"), Map.of("X-Sig", List.of(signature)), body, clock.now());

        assertEquals(400, receiver.receive(request).status());
        assertThrows(MalformedDataException.class, request::json);
        assertThrows(MalformedDataException.class, request::form);
    }

    @Test
    void receive_idsThatNoDatabaseTakes_areKeptAllTheSame() {
        assertEquals(200, receive("a \0 x"));
        assertEquals(200, receive("\0 2 x"));
        assertEquals(200, receive("a " + "9".repeat(3_000) + " x"));
        assertEquals(200, receive("a " + "9".repeat(3_001) + " x"));

        assertEquals(4, waiting().size());
        assertFalse(StoredWebhook.key("c", "\ud800").contains("\ud800"));
        assertFalse(StoredWebhook.key("c", "x".repeat(300)).length() > 200);
    }

    @Test
    void X40_sameEventOnManyThreads_isKeptOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> senders = Collections.nCopies(64, () -> receive("a 1 hello\nb 2 you"));
            for (Future<Integer> answer : threads.invokeAll(senders)) {
                assertEquals(200, answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(2, waiting().size());
    }

    @Test
    void X44_storeThatIsDown_is503AndHasKeptNothingHalf() {
        WebhookReceiver failing = new WebhookReceiver("chat", protocol, new FailingStore(store), time, () -> {});

        assertEquals(
                503, failing.receive(Lines.signed("a 1 x\nb 2 y", clock.now())).status());
        assertEquals(List.of(), waiting());

        assertEquals(200, receive("a 1 x\nb 2 y"));
        assertEquals(2, waiting().size());
    }

    @Test
    void handshake_genuineOrForged_isAnsweredOnlyToThePlatform() {
        WebhookProtocol greeting = new Delegate(protocol) {
            @Override
            public Optional<WebhookReply> handshake(WebhookRequest request) {
                return Optional.of(WebhookReply.of(200, "text/plain", "echo " + request.text()));
            }
        };
        WebhookReceiver greeted = new WebhookReceiver("chat", greeting, store, time, () -> {});

        WebhookReply answer = greeted.receive(Lines.signed("hi", clock.now()));

        assertEquals("echo hi", new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals(0, greeted.receive(Lines.request("hi", "00", clock.now())).body().length);
        assertEquals(List.of(), waiting());
    }

    @Test
    void receive_connectorThatFailsToRead_is500SoThatItComesAgain() {
        WebhookProtocol broken = new Delegate(protocol) {
            @Override
            public List<Event> decode(WebhookRequest request) {
                throw new NullPointerException(Canary.text());
            }
        };

        assertEquals(
                500,
                new WebhookReceiver("chat", broken, store, time, () -> {})
                        .receive(Lines.signed("a 1 x", clock.now()))
                        .status());
    }

    private WebhookReceiver receiver(SignatureScheme scheme) {
        return new WebhookReceiver(
                "chat",
                new Delegate(protocol) {
                    @Override
                    public void verify(WebhookRequest request) {
                        scheme.verify(request);
                    }
                },
                store,
                time,
                () -> {});
    }

    private int receive(String body) {
        return receiver.receive(Lines.signed(body, clock.now())).status();
    }

    private List<QueueItem> waiting() {
        return store.queue(StoredWebhook.queue("chat"))
                .pending(Optional.empty(), 100)
                .items();
    }

    private List<QueueItem> conflicts() {
        return receiver.conflicts(Optional.empty(), 100).items();
    }

    private static List<String> texts(List<QueueItem> items) {
        return items.stream()
                .map(item -> StoredWebhook.of(item.payload()).request().text())
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
