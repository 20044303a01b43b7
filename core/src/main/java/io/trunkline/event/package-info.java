/**
 * What happened, in the library's words, whichever platform said it and however: by a webhook or found by a poll.
 */
@NullMarked
package io.trunkline.event;

import org.jspecify.annotations.NullMarked;
