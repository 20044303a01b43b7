package io.trunkline.http;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.LocalServer;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.CallOutcome;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import okhttp3.RequestBody;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;

/** A connection to a server of the test, with everything it does on record. */
final class Rig implements AutoCloseable {

    /** Operations of every kind. */
    interface Api {
        @GET("item/{id}")
        @Safe("items.get")
        ApiCall<Item> get(@Path("id") String id);

        @GET("list")
        @Safe("items.text")
        ApiCall<String> text();

        @POST("item")
        @Once("items.create")
        ApiCall<Item> create(@Body Item item);

        @POST("bytes")
        @Once("items.send")
        ApiCall<NoContent> send(@Body RequestBody body);

        @POST("keyed")
        @Idempotent(value = "items.keyed", keyHeader = "Idempotency-Key")
        ApiCall<NoContent> keyed(@Body Item item);

        @PUT("item/{id}")
        @Idempotent("items.put")
        ApiCall<NoContent> put(@Path("id") String id, @Body Item item);
    }

    /** A record on the wire. */
    public record Item(long id, String name) {}

    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();
    final HttpStack stack;
    final HttpConnection connection;
    final Api api;

    private Rig(
            URI address, UnaryOperator<HttpStack.Builder> stack, UnaryOperator<HttpConnectionSettings.Builder> own) {
        this.stack = stack.apply(HttpStack.builder().listener(recorder())).build();
        this.connection = this.stack.connect(own.apply(HttpConnectionSettings.builder("test", Endpoints.of(address)))
                .build());
        this.api = connection.api(Api.class);
    }

    static Rig to(LocalServer server) {
        return to(server, settings -> settings);
    }

    static Rig to(LocalServer server, UnaryOperator<HttpConnectionSettings.Builder> settings) {
        return new Rig(server.uri(), builder -> builder, settings);
    }

    static Rig to(
            URI address,
            UnaryOperator<HttpStack.Builder> stack,
            UnaryOperator<HttpConnectionSettings.Builder> settings) {
        return new Rig(address, stack, settings);
    }

    /** Tells the ledger of every request that left. */
    private CallListener recorder() {
        return new CallListener() {
            @Override
            public void attempt(Attempt attempt) {
                attempts.add(attempt);
                if (attempt.sent()) {
                    AttemptLedger.shared().attempted(attempt.origin());
                }
            }

            @Override
            public void outcome(CallOutcome outcome) {
                outcomes.add(outcome);
            }
        };
    }

    @Override
    public void close() {
        stack.close();
    }
}
