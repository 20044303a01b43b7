package io.trunkline.resilience;

/** Something whose health can be asked for without a request: a connection. */
@FunctionalInterface
public interface HealthSource {

    /** The health now, as the last calls have shown it. */
    ConnectionHealth health();
}
