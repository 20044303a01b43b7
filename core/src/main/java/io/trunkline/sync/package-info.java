/**
 * Reading what has changed: a platform's records since a cursor, for synchronisation. The cursor is owned by the library
 * and loses no record at equal times.
 */
@NullMarked
package io.trunkline.sync;

import org.jspecify.annotations.NullMarked;
