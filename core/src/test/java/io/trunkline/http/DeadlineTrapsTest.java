package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.error.CancelledException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.RateLimit;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines, interruption and the order of the gate: the rest of Failsafe's traps, over a real connection. */
@Timeout(60)
final class DeadlineTrapsTest {

    private static final CallOptions SHORT = CallOptions.within(Duration.ofMillis(400));
    private static final CallOptions LONG = CallOptions.within(Duration.ofSeconds(30));

    @Test
    void F2_serverThatNeverAnswers_isCountedByTheBreaker() {
        BreakerSettings one = new BreakerSettings(1, 1, Duration.ofMinutes(5));
        try (LocalServer server = LocalServer.answering(stalling());
                Rig rig = Rig.to(server, own -> own.resilience(ResilienceSettings.DEFAULT.breaker(one)))) {
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(SHORT));

            RetryLaterException second = assertThrows(
                    RetryLaterException.class, () -> rig.api.get("1").execute(SHORT));

            assertTrue(second.getMessage().contains("left alone"), second::getMessage);
            assertEquals(1, server.count());
        }
    }

    @Test
    void F3_refusedByOwnRateLimit_isNoBusinessOfTheBreaker() {
        ResilienceSettings tight = ResilienceSettings.DEFAULT
                .breaker(new BreakerSettings(1, 1, Duration.ofMinutes(5)))
                .rateLimit(new RateLimit(0.01, 1));
        try (LocalServer server = LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\"}"));
                Rig rig = Rig.to(server, own -> own.resilience(tight))) {
            assertEquals(1, rig.api.get("1").execute(SHORT).id());
            for (int i = 0; i < 3; i++) {
                RetryLaterException refused = assertThrows(
                        RetryLaterException.class, () -> rig.api.get("1").execute(SHORT));
                assertTrue(refused.getMessage().contains("rate limit"), refused::getMessage);
            }

            assertEquals(1, server.count());
        }
    }

    @Test
    void F4_interruptedCaller_isFreeAtOnce() throws Exception {
        try (LocalServer server = LocalServer.answering(stalling());
                Rig rig = Rig.to(server)) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    rig.api.get("1").execute(LONG);
                } catch (RuntimeException e) {
                    outcome.complete(e);
                }
            });
            caller.start();
            while (server.count() == 0) {
                Thread.onSpinWait();
            }

            long start = System.nanoTime();
            caller.interrupt();

            assertInstanceOf(CancelledException.class, outcome.get(20, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void F5_serverThatNeverAnswers_endsAtTheDeadline() {
        try (LocalServer server = LocalServer.answering(stalling());
                Rig rig = Rig.to(server)) {
            long start = System.nanoTime();

            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(SHORT));

            long took = System.nanoTime() - start;
            assertTrue(took < TimeUnit.SECONDS.toNanos(5), () -> took / 1_000_000 + " ms");
        }
    }

    @Test
    void F6_retryAfterBeyondTheDeadline_isNotWaitedFor() {
        MockResponse later = new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "3600")
                .build();
        try (LocalServer server = LocalServer.answering(later);
                Rig rig = Rig.to(server)) {
            RetryLaterException thrown = assertThrows(
                    RetryLaterException.class, () -> rig.api.get("1").execute(LONG));

            assertEquals(1, server.count());
            assertTrue(thrown.context().retryAt().isPresent());
        }
    }

    @Test
    void F7_oneCall_makesAtMostThreeAttempts() {
        try (LocalServer server = LocalServer.answering(json(503, "{}"));
                Rig rig = Rig.to(server)) {
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(LONG));

            assertEquals(3, server.count());
            assertEquals(3, rig.attempts.size());
        }
    }

    private static MockResponse stalling() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }
}
