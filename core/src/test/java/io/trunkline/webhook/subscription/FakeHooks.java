package io.trunkline.webhook.subscription;

import static io.trunkline.checks.LocalServer.json;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.LocalServer;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Idempotent;
import io.trunkline.http.NoContent;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import io.trunkline.mapping.Json;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;

/** A platform with subscriptions that last ten days, and a connector's client of it. */
final class FakeHooks implements SubscriptionApi, AutoCloseable {

    interface Api {
        @GET("hooks")
        @Safe("hooks.list")
        ApiCall<String> list();

        @POST("hooks")
        @Once("hooks.create")
        ApiCall<Hook> create(@Body Hook hook);

        @PUT("hooks/{id}")
        @Idempotent("hooks.renew")
        ApiCall<Hook> renew(@Path("id") String id, @Body Hook hook);

        @DELETE("hooks/{id}")
        @Idempotent("hooks.remove")
        ApiCall<NoContent> remove(@Path("id") String id);
    }

    /** One subscription on the wire. */
    public record Hook(
            @Nullable String id,
            String url,
            String topic,
            @Nullable String until) {}

    static final Duration TERM = Duration.ofDays(10);
    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(5));

    final Map<String, Hook> hooks = new TreeMap<>();
    final List<String> log = new ArrayList<>();
    /** What creating answers with, once, after it has been done. */
    Optional<MockResponse> spoiled = Optional.empty();

    boolean endless;
    private final TimeSource time;
    private final LocalServer server = LocalServer.answering(this::answer);
    private final HttpStack http = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();
    private final Api api = http.connect(HttpConnectionSettings.builder("crm", Endpoints.of(server.uri()))
                    .build())
            .api(Api.class);

    FakeHooks(TimeSource time) {
        this.time = time;
    }

    static MockResponse cutOff() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    synchronized Hook made(String url, String topic) {
        String id = "h" + (log.size() + hooks.size() + 1);
        String until = endless ? null : time.now().plus(TERM).toString();
        Hook hook = new Hook(id, url, topic, until);
        hooks.put(id, hook);
        return hook;
    }

    synchronized long count(String what) {
        return log.stream().filter(what::equals).count();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String id = request.getTarget().replaceAll(".*/", "");
        log.add(request.getMethod());
        return switch (request.getMethod()) {
            case "GET" -> listed();
            case "POST" -> {
                Hook asked = Json.codec(Hook.class).read(request.getBody().toByteArray());
                MockResponse done = hook(made(asked.url, asked.topic));
                MockResponse given = spoiled.orElse(done);
                spoiled = Optional.empty();
                yield given;
            }
            case "PUT" -> {
                Hook old = hooks.remove(id);
                if (old == null) {
                    yield json(404, "{}");
                }
                Hook renewed =
                        new Hook(id, old.url, old.topic, time.now().plus(TERM).toString());
                hooks.put(id, renewed);
                yield hook(renewed);
            }
            default -> hooks.remove(id) == null ? json(404, "{}") : json(200, "{}");
        };
    }

    private MockResponse listed() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Hook hook : hooks.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", hook.id);
            entry.put("url", hook.url);
            entry.put("topic", hook.topic);
            entry.put("until", hook.until);
            all.add(entry);
        }
        return json(200, new String(Json.write(Map.of("hooks", all)), StandardCharsets.UTF_8));
    }

    private static MockResponse hook(Hook hook) {
        return json(200, new String(Json.codec(Hook.class).write(hook), StandardCharsets.UTF_8));
    }

    @Override
    public String connection() {
        return "crm";
    }

    @Override
    public List<Subscription> list() {
        Map<String, ?> answer = Json.object(api.list().execute(SOON).getBytes(StandardCharsets.UTF_8));
        List<Subscription> found = new ArrayList<>();
        for (Object each : (List<?>) answer.get("hooks")) {
            found.add(read(Json.codec(Hook.class).read(Json.write(each))));
        }
        return found;
    }

    @Override
    public Subscription create(URI address, String topic) {
        return read(api.create(new Hook(null, address.toString(), topic, null)).execute(SOON));
    }

    @Override
    public Subscription renew(Subscription old) {
        Hook hook = new Hook(null, old.address().toString(), old.topic(), null);
        return read(api.renew(old.id(), hook).execute(SOON));
    }

    @Override
    public void remove(Subscription subscription) {
        api.remove(subscription.id()).execute(SOON);
    }

    private static Subscription read(Hook hook) {
        Instant until = hook.until == null ? null : Instant.parse(hook.until);
        return new Subscription(String.valueOf(hook.id), URI.create(hook.url), hook.topic, until);
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
