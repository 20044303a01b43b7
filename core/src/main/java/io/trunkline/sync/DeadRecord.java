package io.trunkline.sync;

import java.time.Instant;

/**
 * A record that a synchronisation has put aside.
 *
 * @param record as the platform gave it
 * @param reason what is wrong with it
 * @param at when it was put aside
 */
public record DeadRecord(Change record, String reason, Instant at) {}
