package io.trunkline.resilience;

import dev.failsafe.CircuitBreaker;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Failsafe counts the failures; the waiting is done here, by the library's own clock. Failsafe's own delay is set so long
 * that it never ends one, and a probe that is never reported is given up after the same wait.
 */
final class FailsafeBreaker implements Breaker {

    private static final Duration NEVER = Duration.ofDays(3650);

    private final CircuitBreaker<Object> circuit;
    private final BreakerSettings settings;
    private final TimeSource time;
    private final BiConsumer<BreakerState, BreakerState> changed;
    private long since;
    private volatile BreakerState state = BreakerState.CLOSED;

    FailsafeBreaker(BreakerSettings settings, TimeSource time, BiConsumer<BreakerState, BreakerState> changed) {
        this.settings = settings;
        this.time = time;
        this.changed = changed;
        this.circuit = CircuitBreaker.builder()
                .withFailureThreshold(settings.failures(), settings.window())
                .withDelay(NEVER)
                .build();
    }

    @Override
    public boolean tryPass() {
        return state == BreakerState.CLOSED || tryProbe();
    }

    private boolean tryProbe() {
        BreakerState before;
        synchronized (this) {
            before = state;
            if (before == BreakerState.CLOSED || !retryIn().isZero()) {
                return before == BreakerState.CLOSED;
            }
            circuit.halfOpen();
            move(BreakerState.HALF_OPEN);
        }
        tell(before, BreakerState.HALF_OPEN);
        return true;
    }

    @Override
    public void succeeded() {
        if (state == BreakerState.CLOSED) {
            circuit.recordSuccess();
            return;
        }
        synchronized (this) {
            if (state != BreakerState.HALF_OPEN) {
                return;
            }
            circuit.close();
            move(BreakerState.CLOSED);
        }
        tell(BreakerState.HALF_OPEN, BreakerState.CLOSED);
    }

    @Override
    public void failed() {
        BreakerState before;
        synchronized (this) {
            before = state;
            if (before == BreakerState.HALF_OPEN) {
                circuit.open();
            } else if (before == BreakerState.CLOSED) {
                circuit.recordFailure();
            }
            if (before == BreakerState.OPEN || !circuit.isOpen()) {
                return;
            }
            move(BreakerState.OPEN);
        }
        tell(before, BreakerState.OPEN);
    }

    @Override
    public synchronized void abandoned() {
        if (state == BreakerState.HALF_OPEN) {
            since = time.nanos() - settings.pause().toNanos();
        }
    }

    @Override
    public BreakerState state() {
        return state;
    }

    @Override
    public synchronized Duration retryIn() {
        if (state == BreakerState.CLOSED) {
            return Duration.ZERO;
        }
        long left = settings.pause().toNanos() - (time.nanos() - since);
        return Duration.ofNanos(Math.max(0, left));
    }

    private void move(BreakerState to) {
        state = to;
        since = time.nanos();
    }

    /** Without the lock: whoever is told may take its time or make a call of its own. */
    private void tell(BreakerState from, BreakerState to) {
        if (from != to) {
            changed.accept(from, to);
        }
    }
}
