package io.trunkline.resilience;

import io.trunkline.error.ErrorKind;
import io.trunkline.value.TimeSource;
import org.jspecify.annotations.Nullable;

/** Makes a connection's health of the ends of its calls, and tells the listener of each change. Thread-safe. */
public final class HealthTracker implements HealthSource {

    private static final int DOWN_AFTER = 5;

    private final String connection;
    private final CallListener listener;
    private final TimeSource time;
    private volatile ConnectionHealth health;
    private int failuresInARow;

    /** A healthy connection. */
    public HealthTracker(String connection, CallListener listener, TimeSource time) {
        this.connection = connection;
        this.listener = listener;
        this.time = time;
        this.health = new ConnectionHealth(HealthState.HEALTHY, "no call has failed", time.now());
    }

    @Override
    public ConnectionHealth health() {
        return health;
    }

    /**
     * A call has ended.
     *
     * @param failure what it failed with, or null if it succeeded
     */
    public void ended(@Nullable ErrorKind failure) {
        if (failure == null && health.state() == HealthState.HEALTHY) {
            return;
        }
        ConnectionHealth before;
        ConnectionHealth after;
        synchronized (this) {
            before = health;
            after = counted(failure);
            health = after;
        }
        if (before.state() != after.state()) {
            listener.health(new HealthChange(connection, before, after));
        }
    }

    private ConnectionHealth counted(@Nullable ErrorKind failure) {
        if (failure == null) {
            failuresInARow = 0;
            return become(HealthState.HEALTHY, "the last call succeeded");
        }
        if (failure == ErrorKind.AUTHENTICATION) {
            return become(HealthState.REAUTHORISE, "the platform refuses the credential");
        }
        if (failure.passing() || failure == ErrorKind.PROTOCOL || failure == ErrorKind.OUTCOME_UNKNOWN) {
            failuresInARow++;
            HealthState state = failuresInARow >= DOWN_AFTER ? HealthState.DOWN : HealthState.DEGRADED;
            return become(state, "calls fail with " + failure);
        }
        return health;
    }

    private ConnectionHealth become(HealthState state, String reason) {
        return health.state() == state ? health : new ConnectionHealth(state, reason, time.now());
    }
}
