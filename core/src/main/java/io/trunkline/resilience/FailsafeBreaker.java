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

    private synchronized boolean tryProbe() {
        if (state == BreakerState.CLOSED) {
            return true;
        }
        if (!retryIn().isZero()) {
            return false;
        }
        circuit.halfOpen();
        move(BreakerState.HALF_OPEN);
        return true;
    }

    @Override
    public void succeeded() {
        if (state == BreakerState.CLOSED) {
            circuit.recordSuccess();
        } else {
            close();
        }
    }

    private synchronized void close() {
        if (state == BreakerState.HALF_OPEN) {
            circuit.close();
            move(BreakerState.CLOSED);
        }
    }

    @Override
    public synchronized void failed() {
        if (state == BreakerState.HALF_OPEN) {
            circuit.open();
            move(BreakerState.OPEN);
        } else if (state == BreakerState.CLOSED) {
            circuit.recordFailure();
            if (circuit.isOpen()) {
                move(BreakerState.OPEN);
            }
        }
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
        BreakerState from = state;
        state = to;
        since = time.nanos();
        if (from != to) {
            changed.accept(from, to);
        }
    }
}
