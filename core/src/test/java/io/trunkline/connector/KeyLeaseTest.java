package io.trunkline.connector;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.CancelledException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.http.HttpStack;
import io.trunkline.resilience.CallListener;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two callers with one key do not both create, and none waits longer than its own time. */
@Timeout(120)
final class KeyLeaseTest {

    private static final String OPERATION = "acme.upsert";
    private static final String KEY = "contact:42";

    @TempDir
    private Path folder;

    private final VirtualClock clock = VirtualClock.single();
    private final AtomicInteger pauses = new AtomicInteger();
    private Runnable whileWaiting = () -> {};
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, this::sleep);
    private final HttpStack http = HttpStack.builder().build();
    private Store store = Store.inMemory(time);

    private void sleep(Duration duration) throws InterruptedException {
        clock.sleep(duration);
        pauses.incrementAndGet();
        whileWaiting.run();
    }

    @AfterEach
    void close() {
        store.close();
        http.close();
    }

    private ConnectorRuntime runtime(String connection, TimeSource of) {
        return new ConnectorRuntime(connection, http, of, store, CallListener.none());
    }

    private KeyLease take(String key, Duration within) {
        return KeyLease.take(runtime("crm", time), OPERATION, key, Deadline.in(within, time));
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE", "SEALED"})
    void take_manyThreadsWithOneKey_lookUpAndCreateOneAfterTheOther(StoreForms form) throws Exception {
        store = form.open(TimeSource.system(), folder);
        ConnectorRuntime real = runtime("crm", TimeSource.system());
        List<Integer> created = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int own = i;
            work.add(() -> {
                Deadline deadline = Deadline.in(Duration.ofMinutes(1), TimeSource.system());
                try (KeyLease lease = KeyLease.take(real, OPERATION, KEY, deadline)) {
                    int others = inside.getAndIncrement();
                    lease.requireHeld();
                    if (created.isEmpty()) {
                        created.add(own);
                    }
                    inside.decrementAndGet();
                    return others;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Integer> others : threads.invokeAll(work)) {
                assertEquals(0, others.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(1, created.size());
    }

    @Test
    void take_givenBackMeanwhile_isTakenAtTheNextLook() {
        KeyLease other = take(KEY, Duration.ofMinutes(1));
        whileWaiting = () -> {
            if (pauses.get() == 3) {
                other.close();
            }
        };

        try (KeyLease lease = take(KEY, Duration.ofSeconds(5))) {
            lease.requireHeld();
        }

        assertEquals(3, pauses.get());
    }

    @Test
    void take_heldByAnotherForTooLong_isRefusedWithinTheDeadline() {
        String key = "contact:" + Canary.email();
        try (KeyLease other = take(key, Duration.ofMinutes(5))) {
            Deadline deadline = Deadline.in(Duration.ofSeconds(2), time);

            RetryLaterException thrown = Leaks.saw(assertThrows(
                    RetryLaterException.class, () -> KeyLease.take(runtime("crm", time), OPERATION, key, deadline)));

            assertEquals(ErrorKind.REJECTED_LOCALLY, thrown.kind());
            assertEquals("crm", thrown.context().connection());
            assertEquals(OPERATION, thrown.context().operation());
            assertFalse(deadline.expired());
            assertTrue(deadline.remaining().compareTo(Duration.ofMillis(20)) <= 0, deadline::toString);
            other.requireHeld();
        }
    }

    @Test
    void take_otherKeyOrConnection_waitsForNobody() {
        try (KeyLease one = take(KEY, Duration.ofSeconds(5));
                KeyLease otherKey = take("contact:43", Duration.ofSeconds(5));
                KeyLease otherConnection = KeyLease.take(
                        runtime("desk", time), OPERATION, KEY, Deadline.in(Duration.ofSeconds(5), time))) {
            one.requireHeld();
            otherKey.requireHeld();
            otherConnection.requireHeld();
        }

        assertEquals(0, pauses.get());
    }

    @Test
    void take_holderThatDied_isTakenOverAfterItsTimeAndItCreatesNothingMore() {
        KeyLease dead = take(KEY, Duration.ofSeconds(2));

        clock.advance(Duration.ofMillis(11_900));
        dead.requireHeld();
        try (KeyLease next = take(KEY, Duration.ofSeconds(2))) {
            next.requireHeld();
            RetryLaterException thrown = assertThrows(RetryLaterException.class, dead::requireHeld);
            assertEquals(ErrorKind.REJECTED_LOCALLY, thrown.kind());
            dead.close();
            next.requireHeld();
        }

        assertEquals(5, pauses.get());
    }

    @Test
    void take_interruptedWhileItWaits_isCancelledAndStaysInterrupted() {
        try (KeyLease other = take(KEY, Duration.ofMinutes(1))) {
            Thread.currentThread().interrupt();

            CancelledException thrown = assertThrows(CancelledException.class, () -> take(KEY, Duration.ofSeconds(5)));

            assertTrue(Thread.interrupted());
            assertEquals(ErrorKind.CANCELLED, thrown.kind());
            assertEquals(OPERATION, thrown.context().operation());
            other.requireHeld();
        }
    }

    @Test
    void close_afterAFailure_hasGivenItBack() {
        assertThrows(IllegalStateException.class, () -> {
            try (KeyLease lease = take(KEY, Duration.ofSeconds(5))) {
                lease.requireHeld();
                throw new IllegalStateException("the platform said no");
            }
        });

        take(KEY, Duration.ofSeconds(5)).close();

        assertEquals(0, pauses.get());
    }

    @Test
    void close_storeThatFails_leavesWhatWasDoneAsItIs() {
        store = StoreForms.SQLITE.open(time, folder);
        KeyLease lease = take(KEY, Duration.ofSeconds(5));
        store.close();

        assertDoesNotThrow(lease::close);
    }

    @Test
    void take_personalKeyOfAnyLength_isNotInTheStore() throws Exception {
        String email = Canary.email();
        store = StoreForms.SQLITE.open(time, folder);

        take("contact:" + email + "x".repeat(10_000), Duration.ofSeconds(5)).close();

        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(email));
            }
        }
    }
}
