package io.trunkline.http;

import io.trunkline.resilience.Backoff;
import io.trunkline.resilience.Breaker;
import io.trunkline.resilience.BreakerChange;
import io.trunkline.resilience.BudgetChange;
import io.trunkline.resilience.Bulkhead;
import io.trunkline.resilience.ConnectionHealth;
import io.trunkline.resilience.HealthSource;
import io.trunkline.resilience.HealthTracker;
import io.trunkline.resilience.RateLimiter;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.resilience.RetryBudget;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Retrofit;

/**
 * A platform as the transport sees it: makes the connector's Retrofit interface callable, with the connection's
 * credential, limits, retries and errors. Thread-safe; closed with its {@link HttpStack}.
 */
public final class HttpConnection implements HealthSource {

    private final HttpConnectionSettings settings;
    private final HttpStack stack;
    private final Supplier<OkHttpClient> client;
    private final TimeSource time;
    private final HealthTracker health;
    private final Lazily<Calls> calls;
    private final Lazily<Retrofit> retrofit;

    HttpConnection(HttpStack stack, Supplier<OkHttpClient> client, HttpConnectionSettings settings) {
        this.settings = settings;
        this.stack = stack;
        this.client = client;
        this.time = stack.time();
        this.health = new HealthTracker(settings.connection(), stack.listener(), stack.time());
        this.calls = new Lazily<>(() -> calls(stack));
        this.retrofit = new Lazily<>(this::retrofit);
    }

    private Retrofit retrofit() {
        return new Retrofit.Builder()
                .baseUrl(RequestTarget.base(settings.endpoints()))
                .callFactory(RequestOnly::new)
                .addConverterFactory(new BodyConverters())
                .addCallAdapterFactory(new ApiCallFactory(calls.get()))
                .validateEagerly(true)
                .build();
    }

    /**
     * Makes an interface callable. Its methods are read at the first call, all at once; a method of another form is an
     * {@link IllegalArgumentException} of that call.
     *
     * @param type a Retrofit interface whose methods return {@link ApiCall} and say {@link Safe}, {@link Idempotent} or
     *     {@link Once}
     */
    public <T> T api(Class<T> type) {
        return LazyApi.of(type, () -> retrofit.get().create(type));
    }

    /** Sends any request with this connection's credential, limits and origin guard. */
    public RawApi raw() {
        return new RawCalls(settings.connection(), calls);
    }

    @Override
    public ConnectionHealth health() {
        return health.health();
    }

    /** Fetches files that messages and records point to; see {@link Downloads} for what is refused. */
    public Downloads downloads(Set<Origin> trusted) {
        return new Downloads(settings.connection(), stack, client.get(), trusted);
    }

    /**
     * Fetches a file of the platform itself with this connection's credential. The platform may lead on to where the file
     * is kept; there the credential does not go.
     *
     * @param path below the connection's address
     * @throws io.trunkline.error.SecurityPolicyException if the path leads to another origin, or a redirect to a place
     *     that is not public
     */
    public RawResponse download(String path, long mostBytes, Duration within) {
        Deadline deadline = Deadline.in(within, time);
        OutgoingRequest request = authorized(path, "download", deadline);
        Set<Origin> own = Set.of(Origin.of(request.finished().url()));
        return downloads(own).fetch(request.finished(), mostBytes, deadline);
    }

    /**
     * Reads a file of the platform itself, of any length, or the rest of one; as {@link #download(String, long,
     * Duration)}.
     *
     * @param range what is there already
     * @param within how long all of it may take
     */
    public void download(String path, FileRange range, Duration within, FileContent.Taker taker) {
        Deadline deadline = Deadline.in(within, time);
        Request request = authorized(path, "download", deadline).finished();
        downloads(Set.of(Origin.of(request.url()))).stream(request.newBuilder(), range, deadline, taker);
    }

    /**
     * Opens a WebSocket with this connection's credential.
     *
     * @param path below the connection's address
     * @param within how long opening may take
     * @throws io.trunkline.error.SecurityPolicyException if the path leads to another origin
     */
    public BoundedWebSocket webSocket(String path, WebSocketListener listener, Duration within) {
        Callers.Caller caller = stack.callers().enter();
        try {
            Deadline deadline = Deadline.in(within, time);
            OutgoingRequest request = authorized(path, "websocket", deadline);
            BoundedWebSocket socket = BoundedWebSocket.open(
                    settings.connection(),
                    client.get(),
                    new BoundedWebSocket.Opening(request.finished(), listener, deadline.remaining()));
            stack.opened(socket);
            return socket;
        } finally {
            caller.close();
        }
    }

    private OutgoingRequest authorized(String path, String operation, Deadline deadline) {
        HttpUrl base = HttpUrl.get(RequestTarget.PLACEHOLDER);
        HttpUrl template = Objects.requireNonNull(base.resolve(path), "path");
        HttpUrl url = new RequestTarget(settings.connection(), settings.endpoints())
                .resolve(template, settings.endpoints().choose(), operation);
        OutgoingRequest request = new OutgoingRequest(new Request.Builder().url(url), operation, deadline);
        settings.authorizer().authorize(request);
        return request;
    }

    private Calls calls(HttpStack stack) {
        ResilienceSettings resilience = settings.resilience();
        Queue<BreakerChange> changes = new ConcurrentLinkedQueue<>();
        RateLimiter rate = resilience
                .rateLimit()
                .map(limit -> RateLimiter.of(limit, time))
                .orElseGet(() -> RateLimiter.unlimited(time));
        CallGate gate = new CallGate(rate, new Bulkhead(resilience.concurrentCalls()), breaker(changes));
        RetryDecision retries = new RetryDecision(
                resilience.retries(),
                budget(stack),
                new Backoff(() -> ThreadLocalRandom.current().nextLong()),
                time);
        return new Calls(
                new CallParts(settings, stack, health, changes),
                new AttemptRunner(client, settings, stack, rate),
                gate,
                retries);
    }

    private Breaker breaker(Queue<BreakerChange> changes) {
        return settings.resilience()
                .breaker()
                .map(own -> Breaker.of(
                        own, time, (from, to) -> changes.add(new BreakerChange(settings.connection(), from, to))))
                .orElseGet(Breaker::none);
    }

    private RetryBudget budget(HttpStack stack) {
        return settings.resilience().budgeted()
                ? RetryBudget.full(
                        exhausted -> stack.listener().budget(new BudgetChange(settings.connection(), exhausted)))
                : RetryBudget.unlimited();
    }
}
