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
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong before anything is sent. */
@Timeout(60)
final class ConnectFaultsTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final Rig.Item ITEM = new Rig.Item(1, "a");
    private static final String ANSWER = "{\"id\":1,\"name\":\"a\"}";

    private static Rig named(int port, Dns resolver) {
        return Rig.to(URI.create("http://crm.test:" + port + "/"), stack -> stack.resolver(resolver), own -> own);
    }

    @Test
    void X1_nameWithoutAddress_isTriedOnceMoreAndCountsForTheBreaker() {
        AtomicInteger asked = new AtomicInteger();
        Dns nowhere = name -> {
            asked.incrementAndGet();
            throw new UnknownHostException(name);
        };
        BreakerSettings two = new BreakerSettings(2, 2, Duration.ofMinutes(5));
        try (Rig rig = Rig.to(
                URI.create("http://crm.test/"),
                stack -> stack.resolver(nowhere),
                own -> own.resilience(ResilienceSettings.DEFAULT.breaker(two)))) {
            ConnectorException first = assertThrows(
                    RetryLaterException.class, () -> rig.api.create(ITEM).execute(SOON));
            ConnectorException second = assertThrows(
                    RetryLaterException.class, () -> rig.api.get("1").execute(SOON));

            assertEquals(ErrorKind.TRANSPORT, first.kind());
            assertEquals(ErrorKind.REJECTED_LOCALLY, second.kind());
            assertEquals(2, asked.get());
        }
    }

    @Test
    void X2_nameServerThatHangs_holdsNobodyBeyondTheDeadline() {
        CountDownLatch over = new CountDownLatch(1);
        Dns hanging = name -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        try (Rig rig = named(1, hanging)) {
            long start = System.nanoTime();

            ConnectorException thrown = assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.create(ITEM).execute(CallOptions.within(Duration.ofMillis(300))));

            assertEquals(ErrorKind.TIMEOUT, thrown.kind());
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(4).toNanos());
        } finally {
            over.countDown();
        }
    }

    @Test
    void X3_connectionRefused_isTriedAgainEvenForAPost() {
        URI dead;
        try (LocalServer gone = LocalServer.unwatched(request -> json(200, ANSWER))) {
            dead = gone.uri();
        }
        try (Rig rig = Rig.to(dead, stack -> stack, own -> own)) {
            ConnectorException thrown = assertThrows(
                    RetryLaterException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(ErrorKind.TRANSPORT, thrown.kind());
            assertEquals(3, rig.attempts.size());
            assertTrue(rig.attempts.stream().noneMatch(attempt -> attempt.sent()));
        }
    }

    @Test
    void X4_firstAddressThatDropsConnections_isPassedOver() throws Exception {
        InetAddress mute = InetAddress.getByAddress("crm.test", new byte[] {127, 0, 0, 2});
        InetAddress alive = InetAddress.getByAddress("crm.test", new byte[] {127, 0, 0, 1});
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                RawServer full = RawServer.full(mute, server.uri().getPort());
                Rig rig = named(server.uri().getPort(), name -> List.of(mute, alive))) {
            assertEquals(1, rig.api.create(ITEM).execute(SOON).id());

            assertEquals(1, server.count());
            assertEquals(1, rig.attempts.size());
            assertEquals(0, full.connections());
        }
    }

    @Test
    void X5_firstAddressesDead_theLastOneAnswersInTheSameAttempt() throws Exception {
        List<InetAddress> addresses = List.of(
                InetAddress.getByAddress("crm.test", new byte[] {127, 0, 0, 3}),
                InetAddress.getByAddress("crm.test", new byte[] {127, 0, 0, 2}),
                InetAddress.getByAddress("crm.test", new byte[] {127, 0, 0, 1}));
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = named(server.uri().getPort(), name -> addresses)) {
            assertEquals(1, rig.api.create(ITEM).execute(SOON).id());

            assertEquals(1, server.count());
            assertEquals(1, rig.attempts.size());
        }
    }

    @Test
    void X7_proxyThatWantsACredential_isAnAuthenticationErrorOfOneAttempt() {
        Secret platform = Secret.of(Canary.secret());
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = asking(heads, "");
                Rig rig = through(stack -> stack.proxy(proxy.asProxy()), platform)) {
            Leaks.saw(assertThrows(
                    AuthenticationException.class, () -> rig.api.create(ITEM).execute(SOON)));

            assertEquals(1, rig.attempts.size());
            assertEquals(1, heads.size());
            assertTrue(heads.get(0).startsWith("CONNECT crm.test:443"), heads::toString);
            assertFalse(heads.get(0).contains(platform.reveal()));
        }
    }

    @Test
    void X7_proxyCredential_isShownToTheProxy() {
        Secret password = Secret.of(Canary.secret());
        String shown =
                Base64.getEncoder().encodeToString(("desk:" + password.reveal()).getBytes(StandardCharsets.UTF_8));
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = asking(heads, shown);
                Rig rig = through(stack -> stack.proxy(proxy.asProxy(), "desk", password), password)) {
            ConnectorException thrown = Leaks.saw(assertThrows(
                    RetryLaterException.class, () -> rig.api.get("1").execute(SOON)));

            assertEquals(ErrorKind.TRANSPORT, thrown.kind());
            assertTrue(heads.stream().anyMatch(head -> head.contains("Proxy-Authorization: Basic " + shown)));
        }
    }

    @Test
    void X7_proxyThatRefusesTheCredential_isAskedNoMore() {
        Secret wrong = Secret.of(Canary.secret());
        List<String> heads = new CopyOnWriteArrayList<>();
        try (RawServer proxy = asking(heads, "another");
                Rig rig = through(stack -> stack.proxy(proxy.asProxy(), "desk", wrong), wrong)) {
            Leaks.saw(assertThrows(
                    AuthenticationException.class, () -> rig.api.get("1").execute(SOON)));

            assertTrue(heads.size() <= 2, () -> "asked " + heads.size() + " times");
        }
    }

    @Test
    void X7_proxyCredential_doesNotGoOnToTheOrigin() {
        try (LocalServer origin = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(
                        origin.uri(),
                        stack -> stack.proxy(Proxy.NO_PROXY, "desk", Secret.of(Canary.secret())),
                        own -> own)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());

            assertNull(origin.lastRequest().getHeaders().get("Proxy-Authorization"));
        }
    }

    @Test
    void X7_deadProxy_isAFailureOfTheNetwork() {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (Rig rig = through(stack -> stack.proxy(gone.asProxy()), Secret.of("k"))) {
            ConnectorException thrown = assertThrows(
                    RetryLaterException.class, () -> rig.api.create(ITEM).execute(SOON));

            assertEquals(ErrorKind.TRANSPORT, thrown.kind());
        }
    }

    private static Rig through(UnaryOperator<HttpStack.Builder> stack, Secret platform) {
        return Rig.to(URI.create("https://crm.test/"), stack, own -> own.authorizer(Credentials.bearer(platform)));
    }

    /** A proxy that lets nobody through; who shows what it expects is told that the platform is down. */
    private static RawServer asking(List<String> heads, String expected) {
        return RawServer.running(socket -> {
            String head = RawServer.head(socket.getInputStream());
            heads.add(head);
            boolean good = !expected.isEmpty() && head.contains(expected);
            String answer = good
                    ? "HTTP/1.1 502 Bad Gateway\r\n\r\n"
                    : "HTTP/1.1 407 Asks\r\nProxy-Authenticate: Basic realm=\"house\"\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.close();
        });
    }
}
