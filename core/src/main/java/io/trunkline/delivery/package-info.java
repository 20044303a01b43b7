/**
 * Working off durable queues: at least once, in order for each entity, again after longer and longer pauses, and aside
 * for a person when all of it was in vain. What comes in by webhook and what must go out stand on it alike.
 */
@NullMarked
package io.trunkline.delivery;

import org.jspecify.annotations.NullMarked;
