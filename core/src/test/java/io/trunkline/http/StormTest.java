package io.trunkline.http;

import static io.trunkline.http.Canned.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Platforms that fail for a while, wholly or in part, in virtual time. */
@Timeout(120)
final class StormTest {

    private static final CallOptions CALL = CallOptions.within(Duration.ofSeconds(10));
    private static final Duration PACE = Duration.ofMillis(20);

    private final VirtualClock clock = VirtualClock.single();

    private record Tally(int calls, int succeeded, int attempts) {

        double success() {
            return (double) succeeded / calls;
        }

        double amplification() {
            return (double) attempts / calls;
        }
    }

    @Test
    void X23_stormOfAMinute_addsAtMostATenth() throws Exception {
        Tally off = storm(ResilienceSettings.DEFAULT.breaker(null), 1.0, 3_000, 1);
        Tally unbounded = storm(ResilienceSettings.DEFAULT.breaker(null).budgeted(false), 1.0, 3_000, 1);

        assertEquals(0, off.succeeded());
        assertTrue(off.amplification() <= 1.10, off::toString);
        assertTrue(unbounded.amplification() > 2.9, "without the budget it would be " + unbounded);
    }

    @Test
    void X23_stormWithBreaker_leavesThePlatformAlone() throws Exception {
        Tally on = storm(ResilienceSettings.DEFAULT, 1.0, 3_000, 1);

        assertTrue(on.amplification() <= 0.02, on::toString);
    }

    /** In time on a processor: how long a busy machine keeps the test waiting for one says nothing about the library. */
    @Test
    void P4_openBreaker_refusesWithinFiveMillisecondsAndWaitsForNothing() {
        BreakerSettings one = new BreakerSettings(1, 1, Duration.ofHours(1));
        ResilienceSettings open = ResilienceSettings.DEFAULT.breaker(one);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (Rig rig = Canned.rig(clock, open, request -> answer(request, 503))) {
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(CALL));
            Instant opened = clock.now();
            long[] took = new long[2_000];
            for (int i = 0; i < took.length; i++) {
                long start = threads.getCurrentThreadCpuTime();
                ConnectorException refused = assertThrows(
                        RetryLaterException.class, () -> rig.api.get("1").execute(CALL));
                took[i] = threads.getCurrentThreadCpuTime() - start;
                assertEquals(ErrorKind.REJECTED_LOCALLY, refused.kind());
            }
            Arrays.sort(took);

            assertTrue(took[1_980] < Duration.ofMillis(5).toNanos(), () -> "p99 " + took[1_980] + " ns");
            assertEquals(opened, clock.now());
        }
    }

    @Test
    void X24_threeOfTenFail_nearlyAllGetThroughAndTheBreakerStaysClosed() throws Exception {
        long seed = Long.getLong("trunkline.seed", 20_260_301);
        BreakerSettings nervous = new BreakerSettings(10, 20, Duration.ofSeconds(5));

        Tally tally = brownOuts(ResilienceSettings.DEFAULT, seed);
        Tally control = brownOuts(ResilienceSettings.DEFAULT.breaker(nervous), seed);

        System.out.printf("brown-out of 30 %%: %s, with a nervous breaker %s, seed %d%n", tally, control, seed);
        assertTrue(tally.success() >= 0.97, () -> tally + ", seed " + seed);
        assertTrue(tally.amplification() <= 1.45, () -> tally + ", seed " + seed);
        assertTrue(control.success() < 0.97, () -> control + ", seed " + seed);
    }

    /** Many short ones, each with a full budget. */
    private Tally brownOuts(ResilienceSettings resilience, long seed) throws Exception {
        Tally sum = new Tally(0, 0, 0);
        for (int i = 0; i < 40; i++) {
            Tally one = storm(resilience, 0.3, 1_000, seed + i);
            sum = new Tally(
                    sum.calls() + one.calls(), sum.succeeded() + one.succeeded(), sum.attempts() + one.attempts());
        }
        return sum;
    }

    @Test
    void X24_budgetSpent_fallsBackToTheRawRateAndNotBelow() throws Exception {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());

        Tally tally = storm(ResilienceSettings.DEFAULT.breaker(null), 0.8, 10_000, seed);

        assertTrue(tally.success() >= 0.18, () -> tally + ", seed " + seed);
        assertTrue(tally.amplification() <= 1.45, () -> tally + ", seed " + seed);
    }

    @Test
    void X25_platformComesBack_firstSuccessIsWithinThePauseAndThenAllGoThrough() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        Duration pause = ResilienceSettings.DEFAULT.breaker().orElseThrow().pause();
        try (Rig rig =
                Canned.rig(clock, ResilienceSettings.DEFAULT, request -> answer(request, down.get() ? 503 : 200))) {
            for (int i = 0; i < 1_500; i++) {
                assertThrows(ConnectorException.class, () -> rig.api.get("1").execute(CALL));
                clock.sleep(PACE);
            }
            down.set(false);
            long back = clock.nanos();
            while (!succeeds(rig)) {
                clock.sleep(PACE);
            }

            long waited = clock.nanos() - back;
            assertTrue(waited <= pause.plus(PACE).toNanos(), () -> "recovered after " + waited + " ns");
            for (int i = 0; i < 100; i++) {
                assertTrue(succeeds(rig), "call " + i + " after the recovery");
            }
        }
    }

    private static boolean succeeds(Rig rig) {
        try {
            rig.api.get("1").execute(CALL);
            return true;
        } catch (ConnectorException e) {
            return false;
        }
    }

    private Tally storm(ResilienceSettings resilience, double failing, int calls, long seed) throws Exception {
        Random random = new Random(seed);
        int succeeded = 0;
        try (Rig rig =
                Canned.rig(clock, resilience, request -> answer(request, random.nextDouble() < failing ? 503 : 200))) {
            for (int i = 0; i < calls; i++) {
                succeeded += succeeds(rig) ? 1 : 0;
                clock.sleep(PACE);
            }
            return new Tally(calls, succeeded, rig.attempts.size());
        }
    }
}
