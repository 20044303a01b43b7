package io.trunkline.benchmarks;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
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
import java.net.URI;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.http.GET;

/** The two ways to make one call: through the library with everything on, and by hand with OkHttp and Moshi. */
record Contest(Runnable ours, Runnable bare) {

    private static final String TOKEN = "a token of the usual length 0123456789";

    /** The record on the wire. */
    public record Row(long id, String name, String notes) {}

    /** The operation. */
    interface Api {
        @GET("row")
        @Safe("row")
        ApiCall<Row> row();
    }

    static Contest at(URI address, HttpStack.Builder stack, OkHttpClient client) {
        Api api = stack.listener(new LoggingListener())
                .build()
                .connect(HttpConnectionSettings.builder("bench", Endpoints.of(address))
                        .authorizer(Credentials.bearer(Secret.of(TOKEN)))
                        .resilience(ResilienceSettings.DEFAULT.rateLimit(new RateLimit(1_000_000, 1_000_000)))
                        .build())
                .api(Api.class);
        String url = address + "row";
        JsonAdapter<Row> adapter = new Moshi.Builder().build().adapter(Row.class);
        return new Contest(() -> api.row().execute(CallOptions.DEFAULT), () -> call(client, url, adapter));
    }

    private static Row call(OkHttpClient client, String url, JsonAdapter<Row> adapter) {
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return Objects.requireNonNull(adapter.fromJson(response.body().source()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
