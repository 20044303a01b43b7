package io.trunkline.http;

import io.trunkline.resilience.HealthTracker;

/**
 * What all calls of a connection are made with.
 *
 * @param settings what the connector said
 * @param stack what all connections share
 * @param health is told how calls end
 */
record CallParts(HttpConnectionSettings settings, HttpStack stack, HealthTracker health) {}
