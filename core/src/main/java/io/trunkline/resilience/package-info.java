/**
 * Keeping calls and platforms healthy: retry budget, back-off, a rate limit with two lanes, a waiting bulkhead, a
 * breaker, and the listener that is told of all of it. One set of these belongs to one connection.
 */
@NullMarked
package io.trunkline.resilience;

import org.jspecify.annotations.NullMarked;
