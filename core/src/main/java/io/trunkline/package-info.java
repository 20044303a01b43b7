/**
 * The front door: named connections to business systems, channels and understanding, opened by hand, from a settings file
 * or by discovery, and used through typed clients.
 */
@NullMarked
package io.trunkline;

import org.jspecify.annotations.NullMarked;
