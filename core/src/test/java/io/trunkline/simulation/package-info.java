/** A world in one thread: every fault and every step of the other node comes from a seed, so that what fails can be seen again. */
@NullMarked
package io.trunkline.simulation;

import org.jspecify.annotations.NullMarked;
