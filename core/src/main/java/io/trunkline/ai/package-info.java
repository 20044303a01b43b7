/**
 * The contracts of understanding: language, speech and routing. Every answer tells which model gave it, how long that
 * took and whether it is only a stand-in, so that an agent knows what to rely on.
 */
@NullMarked
package io.trunkline.ai;

import org.jspecify.annotations.NullMarked;
