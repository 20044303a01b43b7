package io.trunkline.proofs;

import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;

/**
 * The event of the proofs.
 *
 * @param number the place among the events of its entity, from 0
 */
record Noted(EventHeader header, int number) implements Event {}
