package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.BreakerChange;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.CallOutcome;
import io.trunkline.resilience.HealthChange;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application's listener that misbehaves. */
@Timeout(60)
final class ListenerIsolationTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final String ANSWER = "{\"id\":1,\"name\":\"a\"}";

    /** One place, and a breaker that opens at each failure and lets a probe pass at once: every callback is hit. */
    private static final ResilienceSettings NARROW = ResilienceSettings.DEFAULT
            .concurrentCalls(1)
            .retries(0)
            .breaker(new BreakerSettings(1, 1, Duration.ofNanos(1)));

    /** Does the same in every callback. */
    private abstract static class Everywhere implements CallListener {

        abstract void told(String callback);

        @Override
        public void attempt(Attempt attempt) {
            told("attempt");
        }

        @Override
        public void outcome(CallOutcome outcome) {
            told("outcome");
        }

        @Override
        public void breaker(BreakerChange change) {
            told("breaker");
        }

        @Override
        public void health(HealthChange change) {
            told("health");
        }
    }

    private static final class Throwing extends Everywhere {
        @Override
        void told(String callback) {
            throw callback.equals("health") ? new StackOverflowError() : new NoClassDefFoundError(callback);
        }
    }

    /** Makes a call of its own while it is told of one. */
    private static final class Curious extends Everywhere {

        final AtomicReference<Rig> rig = new AtomicReference<>();
        final AtomicInteger inner = new AtomicInteger();

        @Override
        void told(String callback) {
            if (inner.getAndIncrement() < 5) {
                assertEquals(1, rig.get().api.get("good").execute(SOON).id());
            }
        }
    }

    /** Never comes back from the callback that the thread is named after. */
    private static final class Blocking extends Everywhere {

        final CountDownLatch never = new CountDownLatch(1);
        final AtomicInteger blocked = new AtomicInteger();

        @Override
        void told(String callback) {
            if (Thread.currentThread().getName().equals(callback)) {
                blocked.incrementAndGet();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static LocalServer platform() {
        return LocalServer.answering(
                request -> request.getUrl().encodedPath().endsWith("bad") ? json(503, "{}") : json(200, ANSWER));
    }

    private static Rig rig(LocalServer server, CallListener listener) {
        return Rig.to(server.uri(), stack -> stack.listener(listener), own -> own.resilience(NARROW));
    }

    @Test
    void T57_listenerThatThrowsErrors_changesNoOutcomeAndIsReported() {
        try (LocalServer server = platform();
                Rig rig = rig(server, new Throwing())) {
            assertThrows(ConnectorException.class, () -> rig.api.get("bad").execute(SOON));
            assertEquals(1, rig.api.get("good").execute(SOON).id());
            assertEquals(1, rig.api.create(new Rig.Item(1, "a")).execute(SOON).id());

            assertEquals(3, rig.attempts.size());
            assertTrue(CapturedLog.lines().stream().anyMatch(line -> line.contains("a call listener failed")));
        }
    }

    @Test
    void T57_listenerThatCallsTheLibrary_getsItsAnswerThroughTheOnePlace() {
        Curious curious = new Curious();
        try (LocalServer server = platform();
                Rig rig = rig(server, curious)) {
            curious.rig.set(rig);
            long start = System.nanoTime();

            assertThrows(ConnectorException.class, () -> rig.api.get("bad").execute(SOON));

            assertTrue(curious.inner.get() >= 5);
            assertTrue(System.nanoTime() - start < Duration.ofSeconds(8).toNanos(), "a callback waited for a place");
            assertTrue(CapturedLog.lines().stream().noneMatch(line -> line.contains("a call listener failed")));
        }
    }

    @Test
    void T57_listenerThatBlocksForEver_holdsUpNobodyElse() {
        Blocking blocking = new Blocking();
        try (LocalServer server = platform();
                Rig rig = rig(server, blocking)) {
            for (String callback : new String[] {"attempt", "breaker", "health", "outcome"}) {
                int before = blocking.blocked.get();
                Thread thread = new Thread(
                        () -> assertThrows(
                                ConnectorException.class,
                                () -> rig.api.get("bad").execute(SOON)),
                        callback);
                thread.setDaemon(true);
                thread.start();
                while (blocking.blocked.get() == before) {
                    Thread.onSpinWait();
                }

                assertEquals(1, rig.api.get("good").execute(SOON).id(), callback);
            }
        } finally {
            blocking.never.countDown();
        }
    }
}
