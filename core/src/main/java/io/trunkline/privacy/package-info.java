/** Keeping people out of logs: what other systems and other people's code say is masked before it is written down. */
@NullMarked
package io.trunkline.privacy;

import org.jspecify.annotations.NullMarked;
