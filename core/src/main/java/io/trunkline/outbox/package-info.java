/**
 * Writes that must happen: kept before they are made, in order for each entity, again while the platform is down, never
 * repeated blindly, aside with a reason when a person must decide.
 */
@NullMarked
package io.trunkline.outbox;

import org.jspecify.annotations.NullMarked;
