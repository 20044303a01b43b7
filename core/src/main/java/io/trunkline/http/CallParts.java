package io.trunkline.http;

import io.trunkline.resilience.BreakerChange;
import io.trunkline.resilience.HealthTracker;
import java.util.Queue;

/**
 * What all calls of a connection are made with.
 *
 * @param settings what the connector said
 * @param stack what all connections share
 * @param health is told how calls end
 * @param changes what the breaker did and the listener does not know yet
 */
record CallParts(
        HttpConnectionSettings settings, HttpStack stack, HealthTracker health, Queue<BreakerChange> changes) {}
