package io.trunkline.resilience;

/**
 * A breaker's change of state.
 *
 * @param connection the connection's name
 * @param from the state before
 * @param to the state now
 */
public record BreakerChange(String connection, BreakerState from, BreakerState to) {}
