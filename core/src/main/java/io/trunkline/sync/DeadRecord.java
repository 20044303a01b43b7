package io.trunkline.sync;

import java.time.Instant;

/**
 * A record that a synchronisation has put aside.
 *
 * @param record as the platform gave it
 * @param part the name of the feed's part that it came in
 * @param reason what is wrong with it
 * @param at when it was put aside
 */
public record DeadRecord(Change record, String part, String reason, Instant at) {}
