/**
 * Schedules of synchronisations, kept in the store's own database by db-scheduler: cron expressions with a time zone, one
 * run among all nodes, and what was missed made up for once.
 */
@NullMarked
package io.trunkline.sync.schedule;

import org.jspecify.annotations.NullMarked;
