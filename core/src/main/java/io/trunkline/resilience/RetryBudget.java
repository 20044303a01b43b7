package io.trunkline.resilience;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The retries that one upstream may cost: a bucket of 500 tokens from which each retry takes and to which each success
 * gives back, so that in a total outage there are at most 35 retries however many calls are made. Thread-safe.
 */
public final class RetryBudget {

    private static final int FULL = 500;
    private static final int UNLIMITED = -1;

    private final AtomicInteger tokens;
    private final Consumer<Boolean> exhaustedChanged;
    private volatile boolean exhausted;

    private RetryBudget(int tokens, Consumer<Boolean> exhaustedChanged) {
        this.tokens = new AtomicInteger(tokens);
        this.exhaustedChanged = exhaustedChanged;
    }

    /**
     * A full budget.
     *
     * @param exhaustedChanged told {@code true} when a retry is refused for the first time, {@code false} when tokens
     *     are back
     */
    public static RetryBudget full(Consumer<Boolean> exhaustedChanged) {
        return new RetryBudget(FULL, exhaustedChanged);
    }

    /** A budget that never ends, for tests of other limits. */
    public static RetryBudget unlimited() {
        return new RetryBudget(UNLIMITED, change -> {});
    }

    /** Takes the tokens of one retry; false if they are not there. */
    public boolean tryTake(RetryCost cost) {
        while (true) {
            int available = tokens.get();
            if (available == UNLIMITED) {
                return true;
            }
            if (available < cost.tokens()) {
                changed(true);
                return false;
            }
            if (tokens.compareAndSet(available, available - cost.tokens())) {
                return true;
            }
        }
    }

    /**
     * Gives back what a call that has succeeded took, or one token if it took none.
     *
     * @param taken the tokens of its retries
     */
    public void succeeded(int taken) {
        int available = tokens.get();
        if (available == UNLIMITED || (available == FULL && taken == 0)) {
            return;
        }
        int now = tokens.updateAndGet(current -> Math.min(FULL, current + Math.max(1, taken)));
        if (now >= RetryCost.TRANSIENT.tokens()) {
            changed(false);
        }
    }

    private void changed(boolean nowExhausted) {
        if (exhausted != nowExhausted) {
            exhausted = nowExhausted;
            exhaustedChanged.accept(nowExhausted);
        }
    }
}
