/** Being called at all: subscriptions at a platform, made once, renewed before they expire, and removed. */
@NullMarked
package io.trunkline.webhook.subscription;

import org.jspecify.annotations.NullMarked;
