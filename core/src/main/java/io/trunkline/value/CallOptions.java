package io.trunkline.value;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one call is to be made: within which time, in which lane, under which idempotency key and trace. Immutable; what
 * is not set is taken from the connection's settings.
 */
public final class CallOptions {

    /** No wish of its own: interactive lane, the connection's timeout, no key. */
    public static final CallOptions DEFAULT = new CallOptions(null, null, Lane.INTERACTIVE, null, null);

    private final @Nullable Duration timeout;
    private final @Nullable Deadline deadline;
    private final Lane lane;
    private final @Nullable String idempotencyKey;
    private final @Nullable TraceContext trace;

    private CallOptions(
            @Nullable Duration timeout,
            @Nullable Deadline deadline,
            Lane lane,
            @Nullable String idempotencyKey,
            @Nullable TraceContext trace) {
        this.timeout = timeout;
        this.deadline = deadline;
        this.lane = lane;
        this.idempotencyKey = idempotencyKey;
        this.trace = trace;
    }

    /**
     * Interactive options with a time limit for each call.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public static CallOptions within(Duration timeout) {
        return DEFAULT.timeout(timeout);
    }

    /** Options of the bulk lane, with the connection's bulk timeout. */
    public static CallOptions bulk() {
        return DEFAULT.lane(Lane.BULK);
    }

    /**
     * A copy with a time limit for each call, retries and waiting included.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public CallOptions timeout(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive, but was " + value);
        }
        return new CallOptions(value, deadline, lane, idempotencyKey, trace);
    }

    /** A copy with a fixed end that all calls made with it share; the earlier of it and the timeout holds. */
    public CallOptions deadline(Deadline value) {
        return new CallOptions(timeout, Objects.requireNonNull(value), lane, idempotencyKey, trace);
    }

    /** A copy in the given lane. */
    public CallOptions lane(Lane value) {
        return new CallOptions(timeout, deadline, Objects.requireNonNull(value), idempotencyKey, trace);
    }

    /**
     * A copy with a key under which the platform (or, where it keeps none, the library) recognises a repeated call.
     *
     * @param value 1 to 255 visible ASCII characters
     * @throws IllegalArgumentException if the key is of another form
     */
    public CallOptions idempotencyKey(String value) {
        if (value.isEmpty() || value.length() > 255 || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("idempotencyKey must be 1 to 255 visible ASCII characters");
        }
        return new CallOptions(timeout, deadline, lane, value, trace);
    }

    /** A copy that carries a trace context to the platform. */
    public CallOptions trace(TraceContext value) {
        return new CallOptions(timeout, deadline, lane, idempotencyKey, Objects.requireNonNull(value));
    }

    /** The time limit of each call, if one was set. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The shared end, if one was set. */
    public Optional<Deadline> deadline() {
        return Optional.ofNullable(deadline);
    }

    /**
     * When a call must have ended that begins now: after its time limit, or at the shared end if that is earlier.
     *
     * @param usual the time limit if none was set
     * @param time the clock that the deadline is measured by
     */
    public Deadline end(Duration usual, TimeSource time) {
        Deadline own = Deadline.in(timeout().orElse(usual), time);
        return deadline().map(own::earlier).orElse(own);
    }

    /** The lane; interactive unless set. */
    public Lane lane() {
        return lane;
    }

    /** The idempotency key, if one was set. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** The trace context, if one was set. */
    public Optional<TraceContext> trace() {
        return Optional.ofNullable(trace);
    }
}
