package io.trunkline.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Traps of Failsafe 3.3.2 in the parts that stand in its place, each by its number. */
@Timeout(30)
final class FailsafeTrapsTest {

    private static final BreakerSettings THREE = new BreakerSettings(3, 3, Duration.ofSeconds(5));

    @Test
    void F1_waitersThatGaveUp_leaveEveryPermitFree() throws Exception {
        Bulkhead bulkhead = new Bulkhead(8);
        List<Bulkhead.Permit> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(take(bulkhead, Duration.ZERO).orElseThrow());
        }

        List<Callable<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiters.add(() -> take(bulkhead, Duration.ofMillis(50)).isPresent());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> waiter : threads.invokeAll(waiters)) {
                assertFalse(waiter.get());
            }
        } finally {
            threads.shutdownNow();
        }
        held.forEach(Bulkhead.Permit::close);

        assertEquals(8, bulkhead.free());
    }

    @Test
    void F1_permitClosedTwice_isGivenBackOnce() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1);
        Bulkhead.Permit permit = take(bulkhead, Duration.ZERO).orElseThrow();

        permit.close();
        permit.close();

        assertEquals(1, bulkhead.free());
    }

    @Test
    void F2_probeThatNeverReports_doesNotKeepTheBreakerHalfOpen() throws Exception {
        VirtualClock clock = VirtualClock.single();
        Breaker breaker = opened(clock);
        clock.sleep(Duration.ofSeconds(5));
        assertTrue(breaker.tryPass());
        assertFalse(breaker.tryPass());

        clock.sleep(Duration.ofSeconds(5));

        assertTrue(breaker.tryPass());
        breaker.succeeded();
        assertEquals(BreakerState.CLOSED, breaker.state());
    }

    @Test
    void F3_probeThatWasAbandoned_isNoSuccess() throws Exception {
        VirtualClock clock = VirtualClock.single();
        Breaker breaker = opened(clock);
        clock.sleep(Duration.ofSeconds(5));
        assertTrue(breaker.tryPass());

        breaker.abandoned();

        assertEquals(BreakerState.HALF_OPEN, breaker.state());
        assertTrue(breaker.tryPass());
        breaker.failed();
        assertEquals(BreakerState.OPEN, breaker.state());
    }

    @Test
    void F6_waiterThatGaveUp_leavesNoPlaceTaken() throws Exception {
        VirtualClock clock = VirtualClock.single();
        TimeSource time = Clocks.of(clock);
        RateLimiter limiter = RateLimiter.of(RateLimit.perSecond(2), time);
        Deadline patient = Deadline.in(Duration.ofMinutes(1), time);
        assertTrue(limiter.acquire(Lane.INTERACTIVE, patient));
        assertTrue(limiter.acquire(Lane.INTERACTIVE, patient));
        assertFalse(limiter.acquire(Lane.INTERACTIVE, Deadline.in(Duration.ofMillis(10), time)));

        long before = clock.nanos();
        assertTrue(limiter.acquire(Lane.INTERACTIVE, patient));

        assertEquals(500, Duration.ofNanos(clock.nanos() - before).toMillis());
    }

    @Test
    void F6_backoff_staysWithinItsBounds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Backoff backoff = new Backoff(random);
        for (int retry = -3; retry < 200; retry++) {
            Duration delay = backoff.delay(retry, RetryCost.THROTTLED);
            assertTrue(
                    !delay.isNegative() && delay.compareTo(Duration.ofSeconds(20)) <= 0,
                    "retry " + retry + ", seed " + seed + ": " + delay);
        }
    }

    @Test
    void F7_emptyBudget_allowsNoRetryUntilCallsSucceed() {
        List<Boolean> told = new ArrayList<>();
        RetryBudget budget = RetryBudget.full(told::add);
        int taken = 0;
        while (budget.tryTake(RetryCost.TRANSIENT)) {
            taken++;
        }
        assertEquals(35, taken);
        assertFalse(budget.tryTake(RetryCost.TRANSIENT));

        for (int i = 0; i < 14; i++) {
            budget.succeeded(0);
        }

        assertTrue(budget.tryTake(RetryCost.TRANSIENT));
        assertEquals(List.of(true, false), told);
    }

    private static Breaker opened(VirtualClock clock) {
        Breaker breaker = Breaker.of(THREE, Clocks.of(clock), (from, to) -> {});
        for (int i = 0; i < 3; i++) {
            assertTrue(breaker.tryPass());
            breaker.failed();
        }
        assertEquals(BreakerState.OPEN, breaker.state());
        assertFalse(breaker.tryPass());
        return breaker;
    }

    private static Optional<Bulkhead.Permit> take(Bulkhead bulkhead, Duration atMost) throws InterruptedException {
        return bulkhead.acquire(Lane.BULK, Deadline.in(atMost, TimeSource.system()));
    }
}
