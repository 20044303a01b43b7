package io.trunkline;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.connector.CommonSettings;
import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.RawRequest;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the library ends, and how calls on other threads do. */
@Timeout(60)
final class ClosingTest {

    private static final CallOptions LONG = CallOptions.within(Duration.ofSeconds(40));

    private static MockResponse stalling() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void close_oneConnectorHangs_othersAndTheStoreAreClosedWithinTenSeconds() {
        CountDownLatch others = new CountDownLatch(2);
        Trunkline trunkline = Trunkline.builder()
                .connect("first", PlainConnector.closing(others::countDown))
                .connect("hanging", PlainConnector.closing(ClosingTest::hang))
                .connect("failing", PlainConnector.closing(() -> {
                    throw new NoClassDefFoundError("vendor");
                }))
                .connect("last", PlainConnector.closing(others::countDown))
                .build();
        long start = System.nanoTime();

        trunkline.close();

        assertEquals(0, others.getCount());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void close_twice_closesConnectorsOnce() {
        AtomicInteger closed = new AtomicInteger();
        Trunkline trunkline = Trunkline.builder()
                .connect("crm", PlainConnector.closing(closed::incrementAndGet))
                .build();

        trunkline.close();
        trunkline.close();

        assertEquals(1, closed.get());
    }

    @Test
    void X35_callUnderWay_endsWithTheLibrary() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (LocalServer server = LocalServer.answering(stalling())) {
            Trunkline trunkline = Trunkline.builder()
                    .listener(PlainConnector.LEDGER)
                    .connect("crm", PlainConnector.at(server.uri()))
                    .build();
            CompletableFuture<String> call =
                    Async.on(executor).call(() -> trunkline.verify("crm", Duration.ofSeconds(40)));
            while (server.count() == 0) {
                Thread.onSpinWait();
            }

            trunkline.close();

            ExecutionException ended = assertThrows(ExecutionException.class, () -> call.get(5, TimeUnit.SECONDS));
            assertInstanceOf(CancelledException.class, ended.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void X35_executorShutDown_isTheFuturesErrorAndNothingIsSent() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();

        CompletableFuture<String> call = Async.on(executor).call(() -> "sent");

        ExecutionException ended = assertThrows(ExecutionException.class, () -> call.get(5, TimeUnit.SECONDS));
        assertEquals(
                ErrorKind.REJECTED_LOCALLY,
                assertInstanceOf(ConnectorException.class, ended.getCause()).kind());
    }

    @Test
    void X33_futureCancelledInFlight_endsTheCallAndGivesItsPlaceBack() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (LocalServer server = LocalServer.answering(stalling(), json(200, "ok"));
                Trunkline trunkline = Trunkline.builder()
                        .listener(PlainConnector.LEDGER)
                        .connect("crm", PlainConnector.at(server.uri()).with(CommonSettings.CONCURRENT_CALLS, 1))
                        .build()) {
            AtomicInteger told = new AtomicInteger();
            CompletableFuture<String> call =
                    Async.on(executor).call(() -> trunkline.verify("crm", Duration.ofSeconds(40)));
            CompletableFuture<Void> callback = call.thenAccept(answer -> told.incrementAndGet());
            while (server.count() == 0) {
                Thread.onSpinWait();
            }

            assertTrue(call.cancel(true));

            assertEquals("ok", trunkline.verify("crm", Duration.ofSeconds(20)));
            assertEquals(2, server.count());
            assertTrue(callback.isCompletedExceptionally());
            assertEquals(0, told.get());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void X33_futureCancelledInBackoff_makesNoFurtherAttempt() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        MockResponse later =
                json(503, "{}").newBuilder().addHeader("Retry-After", "20").build();
        try (LocalServer server = LocalServer.answering(later);
                Trunkline trunkline = Trunkline.builder()
                        .listener(PlainConnector.LEDGER)
                        .connect("crm", PlainConnector.at(server.uri()))
                        .build()) {
            CompletableFuture<Integer> call = Async.on(executor)
                    .call(() -> trunkline
                            .raw("crm")
                            .send(RawRequest.of("GET", "x"), LONG)
                            .status());
            while (server.count() == 0) {
                Thread.onSpinWait();
            }

            assertTrue(call.cancel(true));

            executor.shutdown();
            assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
            assertEquals(1, server.count());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void X33_futureCancelledBeforeItBegins_neverRuns() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch busy = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        try {
            CompletableFuture<Boolean> first = Async.on(executor).call(() -> {
                hangUntil(busy);
                return true;
            });
            CompletableFuture<Integer> second = Async.on(executor).call(ran::incrementAndGet);

            assertTrue(second.cancel(true));

            busy.countDown();
            assertTrue(first.get(10, TimeUnit.SECONDS));
            assertFalse(first.cancel(true), "what is done cannot be cancelled");
            assertEquals("after", Async.on(executor).call(() -> "after").get(10, TimeUnit.SECONDS));
            assertEquals(0, ran.get());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void hangUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void async_callThatFails_isTheFuturesErrorEvenIfItIsAnError() {
        CompletableFuture<String> call = Async.on(Runnable::run).call(() -> {
            throw new StackOverflowError();
        });

        ExecutionException ended = assertThrows(ExecutionException.class, () -> call.get(5, TimeUnit.SECONDS));
        assertInstanceOf(StackOverflowError.class, ended.getCause());
    }
}
