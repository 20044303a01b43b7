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
        count(failure);
    }

    private synchronized void count(@Nullable ErrorKind failure) {
        if (failure == null) {
            failuresInARow = 0;
            become(HealthState.HEALTHY, "the last call succeeded");
        } else if (failure == ErrorKind.AUTHENTICATION) {
            become(HealthState.REAUTHORISE, "the platform refuses the credential");
        } else if (failure.passing() || failure == ErrorKind.PROTOCOL || failure == ErrorKind.OUTCOME_UNKNOWN) {
            failuresInARow++;
            HealthState state = failuresInARow >= DOWN_AFTER ? HealthState.DOWN : HealthState.DEGRADED;
            become(state, "calls fail with " + failure);
        }
    }

    private void become(HealthState state, String reason) {
        ConnectionHealth before = health;
        if (before.state() != state) {
            health = new ConnectionHealth(state, reason, time.now());
            listener.health(new HealthChange(connection, before, health));
        }
    }
}
