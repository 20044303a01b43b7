/**
 * Virtual webhooks: what a change feed tells, as events in an inbox, for platforms that call nobody. It joins
 * {@code sync} and {@code webhook}, which do not know one another, and so stands above both.
 */
@NullMarked
package io.trunkline.poll;

import org.jspecify.annotations.NullMarked;
