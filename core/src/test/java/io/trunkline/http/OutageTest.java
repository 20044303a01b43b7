package io.trunkline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConnectorException;
import io.trunkline.resilience.Clocks;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A platform that is down for a minute: how much the library adds to its trouble. */
@Timeout(300)
final class OutageTest {

    private static final int THREADS = 64;
    private static final int CALLS_A_THREAD = 157;
    private static final Duration PACE = Duration.ofMillis(60_000 / CALLS_A_THREAD);

    @Test
    void outage_withoutBreaker_budgetHoldsAttemptsPerCallBelow1_1() throws Exception {
        double ratio = attemptsPerCall(ResilienceSettings.DEFAULT.breaker(null));

        System.out.printf("attempts per call in an outage, breaker off: %.4f%n", ratio);
        assertTrue(ratio <= 1.10, () -> "attempts per call: " + ratio);
    }

    @Test
    void outage_withBreaker_attemptsPerCallStayBelow0_02() throws Exception {
        double ratio = attemptsPerCall(ResilienceSettings.DEFAULT);

        System.out.printf("attempts per call in an outage, breaker on: %.4f%n", ratio);
        assertTrue(ratio <= 0.02, () -> "attempts per call: " + ratio);
    }

    private static double attemptsPerCall(ResilienceSettings resilience) throws Exception {
        VirtualClock clock = VirtualClock.shared(THREADS);
        AtomicInteger failures = new AtomicInteger();
        try (Rig rig = Rig.to(
                deadAddress(), stack -> stack.time(Clocks.of(clock)), settings -> settings.resilience(resilience))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> calls(rig, clock, failures));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            int calls = THREADS * CALLS_A_THREAD;
            assertEquals(calls, failures.get());
            assertTrue(calls >= 10_000);
            return rig.attempts.stream().filter(attempt -> attempt.number() > 0).count() / (double) calls;
        }
    }

    private static void calls(Rig rig, VirtualClock clock, AtomicInteger failures) {
        try {
            for (int i = 0; i < CALLS_A_THREAD; i++) {
                try {
                    rig.api.get("1").execute(CallOptions.within(Duration.ofSeconds(5)));
                } catch (ConnectorException e) {
                    failures.incrementAndGet();
                }
                clock.sleep(PACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clock.leave();
        }
    }

    /** An address where nobody listens any more. */
    private static URI deadAddress() {
        try (LocalServer server = LocalServer.unwatched(request -> LocalServer.json(200, "{}"))) {
            return server.uri();
        }
    }
}
