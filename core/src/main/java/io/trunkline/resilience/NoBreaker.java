package io.trunkline.resilience;

import java.time.Duration;

/** Always closed. */
final class NoBreaker implements Breaker {

    @Override
    public boolean tryPass() {
        return true;
    }

    @Override
    public void succeeded() {}

    @Override
    public void failed() {}

    @Override
    public void abandoned() {}

    @Override
    public BreakerState state() {
        return BreakerState.CLOSED;
    }

    @Override
    public Duration retryIn() {
        return Duration.ZERO;
    }
}
