package io.trunkline.resilience;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times calls in a Micrometer registry; needs {@code io.micrometer:micrometer-core} on the class path. Meters:
 * {@code trunkline.calls} and {@code trunkline.attempts} (timers; tags connection, operation, result),
 * {@code trunkline.breaker.changes}, {@code trunkline.budget.exhausted} (counters) and {@code trunkline.health} (gauge:
 * 0 healthy, 1 degraded, 2 down, 3 needs a new credential).
 */
public final class MicrometerListener implements CallListener {

    private final MeterRegistry registry;
    private final Map<String, HealthState> health = new ConcurrentHashMap<>();

    /** Writes to the given registry. */
    public MicrometerListener(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Times the attempt. */
    @Override
    public void attempt(Attempt attempt) {
        String result = attempt.failure().map(Enum::name).orElse("SUCCESS");
        timer("trunkline.attempts", attempt.connection(), attempt.operation(), result)
                .record(attempt.took());
    }

    /** Times the call. */
    @Override
    public void outcome(CallOutcome outcome) {
        String result = outcome.failure().map(Enum::name).orElse("SUCCESS");
        timer("trunkline.calls", outcome.connection(), outcome.operation(), result)
                .record(outcome.took());
    }

    /** Counts the change. */
    @Override
    public void breaker(BreakerChange change) {
        registry.counter(
                        "trunkline.breaker.changes",
                        "connection",
                        change.connection(),
                        "to",
                        change.to().name())
                .increment();
    }

    /** Counts that it ran out. */
    @Override
    public void budget(BudgetChange change) {
        if (change.exhausted()) {
            registry.counter("trunkline.budget.exhausted", "connection", change.connection())
                    .increment();
        }
    }

    /** Sets the gauge. */
    @Override
    public void health(HealthChange change) {
        String connection = change.connection();
        if (health.put(connection, change.now().state()) == null) {
            registry.gauge(
                    "trunkline.health",
                    Tags.of("connection", connection),
                    health,
                    states -> level(states.getOrDefault(connection, HealthState.HEALTHY)));
        }
    }

    private static double level(HealthState state) {
        return switch (state) {
            case HEALTHY -> 0;
            case DEGRADED -> 1;
            case DOWN -> 2;
            case REAUTHORISE -> 3;
        };
    }

    private Timer timer(String name, String connection, String operation, String result) {
        return registry.timer(name, "connection", connection, "operation", operation, "result", result);
    }
}
