package io.trunkline.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LanesTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);

    @Test
    void bulkhead_bothLanesWait_interactiveGoesFirst() throws Exception {
        Bulkhead bulkhead = new Bulkhead(1);
        Deadline deadline = Deadline.in(Duration.ofSeconds(20), TimeSource.system());
        Bulkhead.Permit first = bulkhead.acquire(Lane.BULK, deadline).orElseThrow();
        List<Lane> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        for (Lane lane : List.of(Lane.BULK, Lane.INTERACTIVE)) {
            Thread waiter = new Thread(() -> {
                try {
                    Bulkhead.Permit permit = bulkhead.acquire(lane, deadline).orElseThrow();
                    order.add(lane);
                    permit.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
            waiter.start();
            while (waiter.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }

        first.close();
        done.await();

        assertEquals(List.of(Lane.INTERACTIVE, Lane.BULK), order);
    }

    @Test
    void rateLimiter_windowRunsLow_bulkWaitsAndInteractiveGoes() throws Exception {
        RateLimiter limiter = RateLimiter.unlimited(time);
        limiter.observed(1000, clock.now().plusSeconds(60));
        limiter.observed(100, clock.now().plusSeconds(60));

        assertTrue(limiter.acquire(Lane.INTERACTIVE, in(1)));
        assertEquals(0, clock.nanos());
        assertFalse(limiter.acquire(Lane.BULK, in(1)));
        assertTrue(limiter.acquire(Lane.BULK, in(120)));
        assertEquals(Duration.ofSeconds(60).toNanos(), clock.nanos());
    }

    @Test
    void rateLimiter_windowEmpty_bothWaitForItsEnd() throws Exception {
        RateLimiter limiter = RateLimiter.unlimited(time);
        limiter.observed(0, clock.now().plusSeconds(30));

        assertFalse(limiter.acquire(Lane.INTERACTIVE, in(5)));
        assertTrue(limiter.acquire(Lane.INTERACTIVE, in(60)));
        assertEquals(Duration.ofSeconds(30).toNanos(), clock.nanos());
    }

    @Test
    void rateLimiter_inTheLongRun_givesItsRate() throws Exception {
        RateLimiter limiter = RateLimiter.of(new RateLimit(10, 5), time);
        for (int i = 0; i < 105; i++) {
            assertTrue(limiter.acquire(i % 2 == 0 ? Lane.BULK : Lane.INTERACTIVE, in(60)));
        }

        assertEquals(10_000L, Math.round(clock.nanos() / 1e7) * 10);
    }

    private Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), time);
    }
}
