/**
 * Where the library keeps what must outlive a call or the process: tokens, keys of what was done, cursors, queues. One
 * small interface, in memory or on a database. A {@link io.trunkline.store.SealedStore} makes all of it unreadable where it
 * lies.
 */
@NullMarked
package io.trunkline.store;

import org.jspecify.annotations.NullMarked;
