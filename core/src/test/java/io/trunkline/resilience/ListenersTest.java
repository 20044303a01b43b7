package io.trunkline.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.Lane;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ListenersTest {

    private static final Attempt FAILED = new Attempt(
            "crm", "get", URI.create("https://a.test:443"), 1, Duration.ofMillis(12), 503, ErrorKind.UNAVAILABLE, true);
    private static final CallOutcome ENDED =
            new CallOutcome("crm", "get", 3, Duration.ofMillis(40), ErrorKind.UNAVAILABLE, Lane.BULK);

    private final List<HealthChange> changes = new ArrayList<>();
    private final HealthTracker tracker = new HealthTracker(
            "crm",
            new CallListener() {
                @Override
                public void health(HealthChange change) {
                    changes.add(change);
                }
            },
            Clocks.of(VirtualClock.single()));

    @Test
    void health_failuresInARow_goDownAndOneSuccessHeals() {
        for (int i = 0; i < 7; i++) {
            tracker.ended(ErrorKind.UNAVAILABLE);
        }
        assertEquals(HealthState.DOWN, tracker.health().state());
        tracker.ended(null);

        assertEquals(
                List.of(HealthState.DEGRADED, HealthState.DOWN, HealthState.HEALTHY),
                changes.stream().map(change -> change.now().state()).toList());
    }

    @Test
    void health_credentialRefused_asksForANewOne() {
        tracker.ended(ErrorKind.AUTHENTICATION);

        assertEquals(HealthState.REAUTHORISE, tracker.health().state());
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"NOT_FOUND", "CONFLICT", "INVALID_REQUEST", "CANCELLED", "PERMISSION", "UNSUPPORTED"})
    void health_whatTheCallerGotWrong_isNoFaultOfTheConnection(ErrorKind kind) {
        for (int i = 0; i < 10; i++) {
            tracker.ended(kind);
        }

        assertEquals(HealthState.HEALTHY, tracker.health().state());
    }

    @Test
    void all_oneListenerThatThrows_doesNotHurtTheOthersOrTheCall() {
        List<Attempt> told = new ArrayList<>();
        CallListener broken = new CallListener() {
            @Override
            public void attempt(Attempt attempt) {
                throw new IllegalStateException("listener");
            }
        };
        CallListener good = new CallListener() {
            @Override
            public void attempt(Attempt attempt) {
                told.add(attempt);
            }
        };

        CallListener.all(List.of(broken, good)).attempt(FAILED);

        assertEquals(List.of(FAILED), told);
    }

    @Test
    void logging_opensAndGoesDown_areWarnings() {
        LoggingListener log = new LoggingListener();
        log.attempt(FAILED);
        log.outcome(ENDED);
        log.breaker(new BreakerChange("crm", BreakerState.CLOSED, BreakerState.OPEN));
        log.budget(new BudgetChange("crm", true));
        ConnectionHealth down = new ConnectionHealth(
                HealthState.DOWN, "calls fail", Clocks.of(VirtualClock.single()).now());
        log.health(new HealthChange("crm", down, down));

        List<String> lines = CapturedLog.lines();
        assertEquals(3, lines.stream().filter(line -> line.startsWith("WARN")).count());
        assertEquals(2, lines.stream().filter(line -> line.startsWith("DEBUG")).count());
        assertTrue(lines.get(0).contains("crm get attempt 1"), lines.get(0));
    }

    @Test
    void micrometer_attemptsAndOutcomes_areCountedByOperation() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener meters = new MicrometerListener(registry);
        meters.attempt(FAILED);
        meters.attempt(FAILED);
        meters.outcome(ENDED);
        meters.breaker(new BreakerChange("crm", BreakerState.CLOSED, BreakerState.OPEN));
        meters.budget(new BudgetChange("crm", true));

        assertTrue(registry.getMeters().size() >= 3);
        assertTrue(registry.getMeters().stream()
                .allMatch(meter -> "crm".equals(meter.getId().getTag("connection"))));
    }
}
