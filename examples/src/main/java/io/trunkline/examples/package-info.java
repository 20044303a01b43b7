/** The shortest programs that do something useful; the README shows them. */
@NullMarked
package io.trunkline.examples;

import org.jspecify.annotations.NullMarked;
