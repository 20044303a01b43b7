package io.trunkline.resilience;

import java.time.Instant;

/**
 * How well a connection does, since when and why: what alerting hangs on.
 *
 * @param state how well
 * @param reason one sentence for a person, without personal data
 * @param since when this state began
 */
public record ConnectionHealth(HealthState state, String reason, Instant since) {}
