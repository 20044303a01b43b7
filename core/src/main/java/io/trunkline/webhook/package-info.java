/**
 * Being called: a request goes in as method, address, headers and raw bytes, an answer comes out at once, and events go
 * to typed handlers, in order for each entity. Fail closed: nothing unverified is looked at or kept.
 */
@NullMarked
package io.trunkline.webhook;

import org.jspecify.annotations.NullMarked;
