package io.trunkline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class VirtualClockTest {

    @Test
    void sleep_oneThread_movesTimeAtOnce() throws Exception {
        VirtualClock clock = VirtualClock.single();

        clock.sleep(Duration.ofHours(2));

        assertEquals(Duration.ofHours(2).toNanos(), clock.nanos());
    }

    @Test
    void sleep_interruptedThread_throwsAndDoesNotMove() {
        VirtualClock clock = VirtualClock.single();
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> clock.sleep(Duration.ofSeconds(1)));

        assertEquals(0, clock.nanos());
    }

    @Test
    void sleep_manyThreads_timePassesOnceForAll() throws Exception {
        VirtualClock clock = VirtualClock.shared(8);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> sleepTenTimes(clock));
            threads.add(thread);
            thread.start();
        }

        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(Duration.ofSeconds(10).toNanos(), clock.nanos());
    }

    private static void sleepTenTimes(VirtualClock clock) {
        try {
            for (int i = 0; i < 10; i++) {
                clock.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            clock.leave();
        }
    }
}
