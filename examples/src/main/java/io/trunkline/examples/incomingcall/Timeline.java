package io.trunkline.examples.incomingcall;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Prints what happens and how long each step took. */
final class Timeline {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Timeline(PrintStream out) {
        this.out = out;
    }

    /** Runs a step and prints its result in words. */
    <T> T step(String name, Supplier<T> work, Function<T, String> told) {
        long begun = System.nanoTime();
        T result = work.get();
        line(name, told.apply(result), System.nanoTime() - begun);
        return result;
    }

    /** Prints something that took no time of its own. */
    void say(String text) {
        out.println(text);
    }

    /** The time since the timeline began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void line(String name, String told, long nanos) {
        out.printf("%7.3f s  %-12s %6d ms  %s%n", elapsed().toMillis() / 1000.0, name, nanos / 1_000_000, told);
    }
}
