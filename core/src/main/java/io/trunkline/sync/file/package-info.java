/**
 * Files as the target of synchronisations: comma-separated values and JSON Lines, written so that nobody sees half a file.
 */
@NullMarked
package io.trunkline.sync.file;

import org.jspecify.annotations.NullMarked;
