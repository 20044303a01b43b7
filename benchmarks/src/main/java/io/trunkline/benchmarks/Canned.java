package io.trunkline.benchmarks;

import io.trunkline.http.CannedAnswers;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import okhttp3.OkHttpClient;

/** The same call answered from memory, with no socket: what one call costs in the library, and by hand, in microseconds. */
public final class Canned {

    private static final int WARM_UP = 100_000;
    private static final int CALLS = 200_000;

    private Canned() {}

    /** Prints both distributions. */
    public static void main(String[] args) {
        byte[] json = PlainServer.row();
        OkHttpClient bare = new OkHttpClient.Builder()
                .addInterceptor(chain -> CannedAnswers.answer(chain.request(), json))
                .build();
        Contest contest = Contest.at(URI.create("http://127.0.0.1:1/"), CannedAnswers.stack(json), bare);
        nanos(contest.ours(), WARM_UP);
        nanos(contest.bare(), WARM_UP);
        report("canned, through the library", nanos(contest.ours(), CALLS));
        report("canned, by hand", nanos(contest.bare(), CALLS));
        System.exit(0);
    }

    private static long[] nanos(Runnable call, int calls) {
        long[] took = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            call.run();
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        return took;
    }

    private static void report(String what, long[] took) {
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f us, p99 %.1f us of %d calls%n",
                what,
                took[took.length / 2] / 1e3,
                took[took.length / 100 * 99] / 1e3,
                took.length);
    }
}
