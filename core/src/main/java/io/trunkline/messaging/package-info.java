/**
 * The contracts of channels: text messages and mail. A send has an outcome that admits not knowing, because a repeated
 * message is worse than a question.
 */
@NullMarked
package io.trunkline.messaging;

import org.jspecify.annotations.NullMarked;
