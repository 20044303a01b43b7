/** Messages that are sent even if the platform is down when they are handed over, and at most once. */
@NullMarked
package io.trunkline.messaging.durable;

import org.jspecify.annotations.NullMarked;
