package io.trunkline.resilience;

/**
 * A connection's change of health. A problem has a beginning and an end: each change to another state than HEALTHY is
 * followed by one back.
 *
 * @param connection the connection's name
 * @param before what it was
 * @param now what it is
 */
public record HealthChange(String connection, ConnectionHealth before, ConnectionHealth now) {}
