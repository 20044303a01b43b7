package io.trunkline.benchmarks;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.sun.management.ThreadMXBean;
import io.trunkline.auth.Credentials;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Safe;
import io.trunkline.resilience.LoggingListener;
import io.trunkline.resilience.RateLimit;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.http.GET;

/**
 * The full pipeline (credential, budget, limiter, bulkhead, breaker, listener, mapping) beside a bare OkHttp and Moshi call
 * of the same bytes, in turn, in the same run: allocation and time of the calling thread as the median of ratios of pairs.
 */
public final class Overhead {

    private static final int WARM_UP = 20_000;
    private static final int PAIRS = 200;
    private static final int CALLS = 100;

    /** The record on the wire. */
    public record Row(long id, String name, String notes) {}

    /** The operation. */
    interface Api {
        @GET("row")
        @Safe("row")
        ApiCall<Row> row();
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Overhead() {}

    /** Takes the server's port. */
    public static void main(String[] args) {
        new Overhead().run(URI.create("http://127.0.0.1:" + args[0] + "/"));
    }

    private record Cost(double nanos, double bytes) {}

    private void run(URI address) {
        try (HttpStack stack =
                HttpStack.builder().listener(new LoggingListener()).build()) {
            Api api = stack.connect(HttpConnectionSettings.builder("bench", Endpoints.of(address))
                            .authorizer(Credentials.bearer(Secret.of("a token of the usual length 0123456789")))
                            .resilience(ResilienceSettings.DEFAULT.rateLimit(new RateLimit(1_000_000, 1_000_000)))
                            .build())
                    .api(Api.class);
            OkHttpClient bare = new OkHttpClient();
            Request request = new Request.Builder()
                    .url(address.resolve("row").toString())
                    .header("Authorization", "Bearer a token of the usual length 0123456789")
                    .build();
            JsonAdapter<Row> adapter = new Moshi.Builder().build().adapter(Row.class);
            Runnable ours = () -> api.row().execute(CallOptions.DEFAULT);
            Runnable theirs = () -> call(bare, request, adapter);
            measure(ours, WARM_UP);
            measure(theirs, WARM_UP);
            report(ours, theirs);
            bare.dispatcher().executorService().shutdown();
            bare.connectionPool().evictAll();
        }
    }

    private void report(Runnable ours, Runnable theirs) {
        List<Double> times = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        List<Double> micros = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean first = pair % 2 == 0;
            Cost a = measure(first ? ours : theirs, CALLS);
            Cost b = measure(first ? theirs : ours, CALLS);
            Cost own = first ? a : b;
            Cost other = first ? b : a;
            times.add(own.nanos() / other.nanos());
            bytes.add(own.bytes() / other.bytes());
            micros.add(other.nanos() / 1_000);
        }
        System.out.printf(
                Locale.ROOT,
                "overhead: time %.3f, allocation %.3f of a bare call (%.0f us), median of %d pairs of %d calls%n",
                median(times),
                median(bytes),
                median(micros),
                PAIRS,
                CALLS);
    }

    private Cost measure(Runnable call, int calls) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        double nanos = System.nanoTime() - start;
        return new Cost(nanos / calls, (threads.getCurrentThreadAllocatedBytes() - bytes) / (double) calls);
    }

    private static Row call(OkHttpClient client, Request request, JsonAdapter<Row> adapter) {
        try (Response response = client.newCall(request).execute()) {
            return Objects.requireNonNull(adapter.fromJson(response.body().source()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
