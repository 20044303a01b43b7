package io.trunkline.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether anything stays taken after callers were cancelled, interrupted, too late or failed, in many random orders. */
@Timeout(120)
final class LeakTest {

    private static final int SEEDS = Integer.getInteger("trunkline.leak.seeds", 400);

    /** A busy machine may let the threads of the control take turns for long; it ends at the first loss. */
    private static final int MOST_FOR_A_LOSS = 40_000;

    private static final int THREADS = 4;
    private static final int STEPS = 12;
    private static final int PERMITS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Takes a place for the time it is told, or does not get one. */
    @FunctionalInterface
    private interface Places {
        void use(Lane lane, Duration atMost, Runnable inside) throws InterruptedException;
    }

    @Test
    void R5_bulkheadUnderRandomEnds_hasAllItsPlacesAfterwards() throws Exception {
        long first = Long.getLong("trunkline.seed", System.nanoTime());
        for (long seed = first; seed < first + SEEDS; seed++) {
            Bulkhead bulkhead = new Bulkhead(PERMITS);

            disturbed(seed, (lane, atMost, inside) -> {
                Optional<Bulkhead.Permit> permit = bulkhead.acquire(lane, Deadline.in(atMost, TimeSource.system()));
                if (permit.isPresent()) {
                    try {
                        inside.run();
                    } finally {
                        permit.get().close();
                    }
                }
            });

            assertEquals(PERMITS, bulkhead.free(), "places after seed " + seed);
        }
    }

    @Test
    void R5_failsafesOwnBulkhead_losesPlaces() throws Exception {
        int lost = 0;
        for (long seed = 1; seed <= MOST_FOR_A_LOSS && lost == 0; seed++) {
            dev.failsafe.Bulkhead<Object> bulkhead = dev.failsafe.Bulkhead.builder(PERMITS)
                    .withMaxWaitTime(Duration.ofMillis(1))
                    .build();

            disturbed(seed, (lane, atMost, inside) -> {
                if (bulkhead.tryAcquirePermit(atMost)) {
                    try {
                        inside.run();
                    } finally {
                        bulkhead.releasePermit();
                    }
                }
            });

            lost += missing(bulkhead);
        }

        assertTrue(lost > 0, "the control must be caught losing places");
    }

    private static int missing(dev.failsafe.Bulkhead<Object> bulkhead) {
        int free = 0;
        while (free < PERMITS && bulkhead.tryAcquirePermit()) {
            free++;
        }
        return PERMITS - free;
    }

    /** Each thread takes places with tiny patience; some fail inside, and all are interrupted now and then. */
    private void disturbed(long seed, Places places) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        Thread[] workers = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed * THREADS + i);
            int self = i;
            running.add(threads.submit(() -> {
                workers[self] = Thread.currentThread();
                for (int step = 0; step < STEPS; step++) {
                    step(random, places);
                    Thread victim = workers[random.nextInt(THREADS)];
                    if (victim != null && random.nextInt(4) == 0) {
                        victim.interrupt();
                    }
                }
                workers[self] = null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    private static void step(Random random, Places places) {
        boolean fails = random.nextInt(5) == 0;
        Lane lane = random.nextBoolean() ? Lane.BULK : Lane.INTERACTIVE;
        try {
            places.use(lane, Duration.ofNanos(random.nextInt(60_000)), () -> {
                for (int i = ThreadLocalRandom.current().nextInt(400); i > 0; i--) {
                    Thread.onSpinWait();
                }
                if (fails) {
                    throw new IllegalStateException("inside");
                }
            });
        } catch (InterruptedException | IllegalStateException e) {
            // Both are among the ways in which a caller ends.
        }
    }

    @Test
    void R5_breakerAfterAnyHistory_closesOnceThePlatformAnswers() throws Exception {
        long first = Long.getLong("trunkline.seed", System.nanoTime());
        for (long seed = first; seed < first + 2_000; seed++) {
            Random random = new Random(seed);
            VirtualClock clock = VirtualClock.single();
            Breaker breaker =
                    Breaker.of(new BreakerSettings(3, 5, Duration.ofSeconds(5)), Clocks.of(clock), (from, to) -> {});
            for (int step = 0; step < 50; step++) {
                if (breaker.tryPass()) {
                    switch (random.nextInt(5)) {
                        case 0 -> breaker.succeeded();
                        case 1, 2 -> breaker.failed();
                        case 3 -> breaker.abandoned();
                        default -> {} // A probe that never reports.
                    }
                }
                clock.sleep(Duration.ofMillis(random.nextInt(4_000)));
            }

            clock.sleep(Duration.ofSeconds(5));
            assertTrue(breaker.tryPass(), "no probe passes after seed " + seed);
            breaker.succeeded();
            assertEquals(BreakerState.CLOSED, breaker.state(), "seed " + seed);
        }
    }

    @Test
    void R5_rateLimiterAfterWaitersGaveUp_givesItsRate() throws Exception {
        long first = Long.getLong("trunkline.seed", System.nanoTime());
        for (long seed = first; seed < first + 2_000; seed++) {
            Random random = new Random(seed);
            VirtualClock clock = VirtualClock.single();
            TimeSource time = Clocks.of(clock);
            RateLimiter limiter = RateLimiter.of(new RateLimit(10, 3), time);
            for (int step = 0; step < 50; step++) {
                Lane lane = random.nextBoolean() ? Lane.BULK : Lane.INTERACTIVE;
                if (random.nextInt(6) == 0) {
                    Thread.currentThread().interrupt();
                }
                try {
                    limiter.acquire(lane, Deadline.in(Duration.ofMillis(random.nextInt(200)), time));
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
                Thread.interrupted();
            }

            clock.sleep(Duration.ofSeconds(1));
            long before = clock.nanos();
            for (int i = 0; i < 13; i++) {
                assertTrue(limiter.acquire(Lane.BULK, Deadline.in(Duration.ofMinutes(1), time)), "seed " + seed);
            }
            assertEquals(10, Math.round((clock.nanos() - before) / 1e8), "13 with a burst of 3, seed " + seed);
        }
    }

    @Test
    void X25_backoff_spreadsCallersOverMoreThanHalfTheWait() {
        Backoff backoff = new Backoff(new Random(7));
        for (int retry = 1; retry <= 6; retry++) {
            long longest = 0;
            long shortest = Long.MAX_VALUE;
            for (int caller = 0; caller < 200; caller++) {
                long delay = backoff.delay(retry, RetryCost.TRANSIENT).toNanos();
                longest = Math.max(longest, delay);
                shortest = Math.min(shortest, delay);
            }

            long cap = Duration.ofMillis(50L << (retry - 1)).toNanos();
            assertTrue(longest <= cap && longest - shortest >= cap / 2, "retry " + retry);
        }
    }
}
