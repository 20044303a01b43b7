/**
 * Where the library keeps what must outlive a call or the process: tokens, keys of what was done, cursors, queues. One
 * small interface, in memory or on a database; values are opaque bytes, so whoever stores personal data encrypts it
 * first.
 */
@NullMarked
package io.trunkline.store;

import org.jspecify.annotations.NullMarked;
