/** Reaches what only the transport's own package can. */
@NullMarked
package io.trunkline.http;

import org.jspecify.annotations.NullMarked;
