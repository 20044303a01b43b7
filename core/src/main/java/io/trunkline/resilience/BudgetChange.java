package io.trunkline.resilience;

/**
 * A retry budget that ran out, or that has tokens again.
 *
 * @param connection the connection's name
 * @param exhausted whether calls are no longer retried
 */
public record BudgetChange(String connection, boolean exhausted) {}
