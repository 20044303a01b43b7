package io.trunkline.http;

import io.trunkline.resilience.Backoff;
import io.trunkline.resilience.Breaker;
import io.trunkline.resilience.BreakerChange;
import io.trunkline.resilience.BudgetChange;
import io.trunkline.resilience.Bulkhead;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.ConnectionHealth;
import io.trunkline.resilience.HealthSource;
import io.trunkline.resilience.HealthTracker;
import io.trunkline.resilience.RateLimiter;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.resilience.RetryBudget;
import io.trunkline.value.TimeSource;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;

/**
 * A platform as the transport sees it: makes the connector's Retrofit interface callable, with the connection's
 * credential, limits, retries and errors. Thread-safe; closed with its {@link HttpStack}.
 */
public final class HttpConnection implements HealthSource {

    private final HttpConnectionSettings settings;
    private final HealthTracker health;
    private final Calls calls;
    private final Retrofit retrofit;

    HttpConnection(HttpStack stack, OkHttpClient client, HttpConnectionSettings settings) {
        this.settings = settings;
        this.health = new HealthTracker(settings.connection(), stack.listener(), stack.time());
        this.calls = calls(stack, client);
        this.retrofit = new Retrofit.Builder()
                .baseUrl(RequestTarget.PLACEHOLDER)
                .client(client)
                .addConverterFactory(new BodyConverters())
                .addCallAdapterFactory(new ApiCallFactory(calls))
                .validateEagerly(true)
                .build();
    }

    /**
     * Makes an interface callable.
     *
     * @param type a Retrofit interface whose methods return {@link ApiCall} and say {@link Safe}, {@link Idempotent} or
     *     {@link Once}
     * @throws IllegalArgumentException if a method is not of that form
     */
    public <T> T api(Class<T> type) {
        return retrofit.create(type);
    }

    /** Sends any request with this connection's credential, limits and origin guard. */
    public RawApi raw() {
        return new RawCalls(settings.connection(), calls);
    }

    @Override
    public ConnectionHealth health() {
        return health.health();
    }

    private Calls calls(HttpStack stack, OkHttpClient client) {
        ResilienceSettings resilience = settings.resilience();
        TimeSource time = stack.time();
        RateLimiter rate = resilience
                .rateLimit()
                .map(limit -> RateLimiter.of(limit, time))
                .orElseGet(() -> RateLimiter.unlimited(time));
        CallGate gate = new CallGate(rate, new Bulkhead(resilience.concurrentCalls()), breaker(stack));
        RetryDecision retries = new RetryDecision(
                resilience.retries(),
                budget(stack),
                new Backoff(() -> ThreadLocalRandom.current().nextLong()),
                time);
        return new Calls(
                new CallParts(settings, stack, health),
                new AttemptRunner(client, settings, stack, rate),
                gate,
                retries);
    }

    private Breaker breaker(HttpStack stack) {
        CallListener listener = stack.listener();
        return settings.resilience()
                .breaker()
                .map(own -> Breaker.of(
                        own,
                        stack.time(),
                        (from, to) -> listener.breaker(new BreakerChange(settings.connection(), from, to))))
                .orElseGet(Breaker::none);
    }

    private RetryBudget budget(HttpStack stack) {
        return settings.resilience().budgeted()
                ? RetryBudget.full(
                        exhausted -> stack.listener().budget(new BudgetChange(settings.connection(), exhausted)))
                : RetryBudget.unlimited();
    }
}
