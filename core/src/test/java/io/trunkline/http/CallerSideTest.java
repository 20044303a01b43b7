package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.resilience.RateLimit;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;

/** Callers that give up, and a library that is closed under them. */
@Timeout(60)
final class CallerSideTest {

    private static final CallOptions LONG = CallOptions.within(Duration.ofSeconds(40));
    private static final Rig.Item ITEM = new Rig.Item(1, "a");
    private static final String ANSWER = "{\"id\":1,\"name\":\"a\"}";

    /** A caller of the test: what it got, and whether it was left interrupted. */
    private static final class Caller {

        final CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        volatile boolean interrupted;
        final Thread thread;

        Caller(Runnable call) {
            thread = new Thread(() -> {
                Throwable thrown = null;
                try {
                    call.run();
                } catch (RuntimeException e) {
                    thrown = e;
                }
                interrupted = Thread.currentThread().isInterrupted();
                outcome.complete(thrown);
            });
            thread.start();
        }

        Caller waitingWhen(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
            return this;
        }

        Caller waiting() {
            return waitingWhen(
                    () -> thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
        }

        Throwable ended() throws Exception {
            return outcome.get(5, TimeUnit.SECONDS);
        }
    }

    private static MockResponse stalling() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    private static MockResponse later() {
        return json(503, "{}").newBuilder().addHeader("Retry-After", "30").build();
    }

    private static void interrupted(Caller caller, Class<? extends ConnectorException> expected) throws Exception {
        caller.thread.interrupt();

        assertInstanceOf(expected, caller.ended());
        assertTrue(caller.interrupted, "the interrupt flag must be set again");
    }

    @Test
    void X32_interruptedInIo_isCancelledOrUnknownAndNotTriedAgain() throws Exception {
        try (LocalServer server = LocalServer.answering(stalling());
                Rig rig = Rig.to(server)) {
            interrupted(
                    new Caller(() -> rig.api.get("1").execute(LONG)).waitingWhen(() -> server.count() == 1),
                    CancelledException.class);
            interrupted(
                    new Caller(() -> rig.api.create(ITEM).execute(LONG)).waitingWhen(() -> server.count() == 2),
                    OutcomeUnknownException.class);

            assertEquals(2, server.count());
        }
    }

    @Test
    void X32_interruptedInBackoff_isCancelledWithoutAnotherAttempt() throws Exception {
        try (LocalServer server = LocalServer.answering(later());
                Rig rig = Rig.to(server)) {
            Caller caller = new Caller(() -> rig.api.get("1").execute(LONG))
                    .waitingWhen(() -> !rig.attempts.isEmpty())
                    .waiting();

            interrupted(caller, CancelledException.class);

            assertEquals(1, server.count());
        }
    }

    @Test
    void X32_interruptedWhileItWaitsForAPlace_isCancelledAndLeavesThePlaces() throws Exception {
        ResilienceSettings narrow = ResilienceSettings.DEFAULT.concurrentCalls(1);
        try (LocalServer server = LocalServer.answering(stalling(), json(200, ANSWER));
                Rig rig = Rig.to(server, own -> own.resilience(narrow))) {
            Caller first = new Caller(() -> rig.api.get("1").execute(LONG)).waitingWhen(() -> server.count() == 1);
            Caller second = new Caller(() -> rig.api.get("2").execute(LONG)).waiting();

            interrupted(second, CancelledException.class);
            interrupted(first, CancelledException.class);

            assertEquals(1, rig.api.get("3").execute(LONG).id());
            assertEquals(2, server.count());
        }
    }

    @Test
    void X32_interruptedInTheRateLimit_isCancelledAndSendsNothing() throws Exception {
        ResilienceSettings slow = ResilienceSettings.DEFAULT.rateLimit(new RateLimit(0.05, 1));
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server, own -> own.resilience(slow))) {
            rig.api.get("1").execute(LONG);

            interrupted(new Caller(() -> rig.api.get("2").execute(LONG)).waiting(), CancelledException.class);

            assertEquals(1, server.count());
        }
    }

    @Test
    void X32_interruptedWhileItConnects_isCancelledAndSendsNothing() throws Exception {
        try (RawServer full = RawServer.full(InetAddress.getLoopbackAddress(), 0);
                Rig rig = Rig.to(full.uri(), stack -> stack, own -> own)) {
            interrupted(new Caller(() -> rig.api.create(ITEM).execute(LONG)).waiting(), CancelledException.class);

            assertTrue(rig.attempts.stream().noneMatch(attempt -> attempt.sent()));
        }
    }

    @Test
    void X32_interruptedWhileTheNameIsResolved_isCancelled() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Rig rig = Rig.to(
                URI.create("http://crm.test/"),
                stack -> stack.resolver(name -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(name);
                }),
                own -> own.resilience(ResilienceSettings.DEFAULT.retries(0)))) {
            interrupted(new Caller(() -> rig.api.get("1").execute(LONG)).waiting(), CancelledException.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void X32_interruptedDownload_endsAtOnce() throws Exception {
        try (LocalServer server = LocalServer.answering(stalling());
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of(Origin.of(server.uri())));
            Deadline deadline = Deadline.in(Duration.ofSeconds(40), TimeSource.system());

            interrupted(
                    new Caller(() -> downloads.get(server.uri(), 1 << 20, deadline))
                            .waitingWhen(() -> server.count() == 1),
                    CancelledException.class);
        }
    }

    @Test
    void X32_alreadyInterruptedCaller_sendsNothing() throws Exception {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            Caller caller = new Caller(() -> {
                Thread.currentThread().interrupt();
                rig.api.create(ITEM).execute(LONG);
            });

            assertInstanceOf(CancelledException.class, caller.ended());
            assertTrue(caller.interrupted);
            assertEquals(0, server.count());
        }
    }

    @Test
    void X35_libraryClosed_endsEveryCallerAndLeavesItsThreadUninterrupted() throws Exception {
        ResilienceSettings narrow = ResilienceSettings.DEFAULT.concurrentCalls(1);
        try (LocalServer hanging = LocalServer.answering(stalling());
                LocalServer busy = LocalServer.answering(later());
                Rig rig = Rig.to(hanging, own -> own.resilience(narrow))) {
            Rig.Api other = rig.stack
                    .connect(HttpConnectionSettings.builder("busy", Endpoints.of(busy.uri()))
                            .build())
                    .api(Rig.Api.class);
            Caller inIo = new Caller(() -> rig.api.get("1").execute(LONG)).waitingWhen(() -> hanging.count() == 1);
            Caller forPlace = new Caller(() -> rig.api.get("2").execute(LONG)).waiting();
            Caller inBackoff = new Caller(() -> other.get("3").execute(LONG))
                    .waitingWhen(() -> rig.attempts.stream()
                            .anyMatch(each -> each.connection().equals("busy")))
                    .waiting();

            rig.stack.close();

            for (Caller caller : new Caller[] {inIo, forPlace, inBackoff}) {
                Throwable thrown = assertInstanceOf(CancelledException.class, caller.ended());
                assertTrue(thrown.getMessage().contains("closed"), thrown::getMessage);
                assertFalse(caller.interrupted, "closing is no interruption of the application's thread");
            }
            assertEquals(1, hanging.count());
            assertEquals(1, busy.count());
        }
    }

    @Test
    void X35_closedLibrary_sendsNothingByAnyWay() {
        try (LocalServer server = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of(Origin.of(server.uri())));
            Deadline deadline = Deadline.in(Duration.ofSeconds(5), TimeSource.system());
            rig.stack.close();
            rig.stack.close();

            assertThrows(IllegalStateException.class, () -> rig.api.get("1").execute(LONG));
            assertThrows(IllegalStateException.class, () -> rig.connection.raw().send(RawRequest.of("GET", "x"), LONG));
            assertThrows(IllegalStateException.class, () -> downloads.get(server.uri(), 1 << 20, deadline));
            assertThrows(
                    IllegalStateException.class,
                    () -> rig.connection.webSocket("ws", new Deaf(), Duration.ofSeconds(1)));
            assertEquals(0, server.count());
        }
    }

    @Test
    void X35_streamOfEvents_endsWithTheLibrary() throws Exception {
        MockResponse stream = new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .body("data: 1\n\n" + ": ping\n".repeat(1_000))
                .throttleBody(9, 200, TimeUnit.MILLISECONDS)
                .build();
        try (LocalServer server = LocalServer.answering(stream);
                Rig rig = Rig.to(server);
                ServerSentEvents events =
                        rig.connection.api(Streams.class).events().execute(LONG)) {
            assertEquals("1", events.next().orElseThrow().data());
            Caller reader = new Caller(() -> assertThrows(IOException.class, events::next));
            reader.waitingWhen(() -> server.count() == 1);

            rig.stack.close();

            assertEquals(null, reader.ended());
        }
    }

    /** An operation whose answer is a stream. */
    interface Streams {
        @GET("events")
        @Safe("events")
        ApiCall<ServerSentEvents> events();
    }

    /** Listens to nothing. */
    private static final class Deaf implements WebSocketListener {

        @Override
        public void text(String message) {}

        @Override
        public void bytes(byte[] message) {}

        @Override
        public void failed(RuntimeException cause) {}
    }

    @Test
    void R7_neighbourThatHangs_holdsNobodyElseUp() throws Exception {
        try (LocalServer hanging = LocalServer.answering(stalling());
                LocalServer good = LocalServer.answering(json(200, ANSWER));
                Rig rig = Rig.to(hanging)) {
            Rig.Api other = rig.stack
                    .connect(HttpConnectionSettings.builder("good", Endpoints.of(good.uri()))
                            .build())
                    .api(Rig.Api.class);
            Caller[] stuck = new Caller[40];
            for (int i = 0; i < stuck.length; i++) {
                stuck[i] = new Caller(() -> rig.api.get("1").execute(LONG));
            }
            while (hanging.count() < 32) {
                Thread.onSpinWait();
            }

            for (int i = 0; i < 200; i++) {
                assertEquals(
                        1,
                        other.get("1")
                                .execute(CallOptions.within(Duration.ofSeconds(5)))
                                .id());
            }

            for (Caller caller : stuck) {
                assertFalse(caller.outcome.isDone());
            }
            rig.stack.close();
            for (Caller caller : stuck) {
                caller.ended();
            }
        }
    }
}
