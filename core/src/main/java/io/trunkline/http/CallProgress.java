package io.trunkline.http;

import io.trunkline.resilience.Attempt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far one call has come. Used by the caller's thread only. */
final class CallProgress {

    private final long startNanos;
    private int attempts;
    private int retries;
    private int budgetTaken;
    private boolean renewed;
    private @Nullable OutgoingRequest request;
    private @Nullable Attempt untold;

    CallProgress(long startNanos) {
        this.startNanos = startNanos;
    }

    long startNanos() {
        return startNanos;
    }

    void attempting(OutgoingRequest sent) {
        attempts++;
        request = sent;
    }

    void attempted(Attempt attempt) {
        untold = attempt;
    }

    /** The attempt that the listener has not been told of yet; given once. */
    Optional<Attempt> untold() {
        Optional<Attempt> attempt = Optional.ofNullable(untold);
        untold = null;
        return attempt;
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    OutgoingRequest request() {
        return request;
    }

    /** True the first time: a call renews its credential once. */
    boolean firstRenewal() {
        boolean first = !renewed;
        renewed = true;
        return first;
    }

    int retries() {
        return retries;
    }

    void retrying(int budgetCost) {
        retries++;
        budgetTaken += budgetCost;
    }

    int budgetTaken() {
        return budgetTaken;
    }
}
