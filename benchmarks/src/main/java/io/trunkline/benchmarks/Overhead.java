package io.trunkline.benchmarks;

import com.sun.management.ThreadMXBean;
import io.trunkline.http.HttpStack;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;

/**
 * The full pipeline (credential, budget, limiter, bulkhead, breaker, listener, mapping) beside a bare OkHttp and Moshi call
 * of the same bytes, in turn, in the same run: allocation and time of the calling thread as the median of ratios of pairs.
 * Before it, the bare call beside itself: what it differs from 1 is the noise of the run.
 */
public final class Overhead {

    private static final int WARM_UP = 20_000;
    private static final int PAIRS = 200;
    private static final int CALLS = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Overhead() {}

    /** Takes the server's port. */
    public static void main(String[] args) {
        Contest contest =
                Contest.at(URI.create("http://127.0.0.1:" + args[0] + "/"), HttpStack.builder(), new OkHttpClient());
        measure(contest.ours(), WARM_UP);
        measure(contest.bare(), WARM_UP);
        report("bare against itself", contest.bare(), contest.bare());
        report("overhead", contest.ours(), contest.bare());
        System.exit(0);
    }

    private record Cost(double nanos, double bytes) {}

    private static void report(String what, Runnable own, Runnable other) {
        List<Double> times = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        List<Double> micros = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean first = pair % 2 == 0;
            Cost a = measure(first ? own : other, CALLS);
            Cost b = measure(first ? other : own, CALLS);
            times.add(first ? a.nanos() / b.nanos() : b.nanos() / a.nanos());
            bytes.add(first ? a.bytes() / b.bytes() : b.bytes() / a.bytes());
            micros.add((first ? b : a).nanos() / 1_000);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: time %.3f, allocation %.3f of a bare call (%.0f us), median of %d pairs of %d calls%n",
                what,
                median(times),
                median(bytes),
                median(micros),
                PAIRS,
                CALLS);
    }

    private static Cost measure(Runnable call, int calls) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        double nanos = System.nanoTime() - start;
        return new Cost(nanos / calls, (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) calls);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
