package io.trunkline.sync;

import io.trunkline.sync.SyncReport.State;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Runs the parts of a job, at most some at once, on threads that end with it; waits for all, whatever becomes of one. */
final class SideBySide {

    /** What one part does until it is asked to stop. */
    interface Part {
        State go(BooleanSupplier stopping);
    }

    /**
     * What became of the parts.
     *
     * @param states how those ended that did not fail
     * @param failures what the others failed with, by name
     */
    record Outcome(Set<State> states, Map<String, RuntimeException> failures) {}

    private final String name;
    private final int atOnce;
    private final AtomicInteger number = new AtomicInteger();

    SideBySide(String name, int atOnce) {
        this.name = name;
        this.atOnce = atOnce;
    }

    Outcome run(Map<String, Part> parts, BooleanSupplier closed) {
        AtomicBoolean interrupted = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, parts.size()), this::thread);
        try {
            Map<String, Future<State>> running = new LinkedHashMap<>();
            parts.forEach((part, work) ->
                    running.put(part, threads.submit(() -> work.go(() -> interrupted.get() || closed.getAsBoolean()))));
            Outcome outcome = new Outcome(new HashSet<>(), new TreeMap<>());
            running.forEach((part, work) -> await(part, work, outcome, interrupted));
            return outcome;
        } finally {
            threads.shutdown();
            if (interrupted.get()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whoever interrupts the caller wants an end, and each part ends at its next page. */
    private static void await(String part, Future<State> work, Outcome outcome, AtomicBoolean interrupted) {
        while (true) {
            try {
                outcome.states().add(work.get());
                return;
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (ExecutionException e) {
                outcome.failures()
                        .put(
                                part,
                                e.getCause() instanceof RuntimeException failure
                                        ? failure
                                        : new IllegalStateException(e));
                return;
            }
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "trunkline-sync-" + name + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
