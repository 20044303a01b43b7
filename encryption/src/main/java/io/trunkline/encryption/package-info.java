/**
 * Keys that can be replaced, for sealed stores and encrypted columns. All cryptography is Tink's; keysets are its JSON, so
 * its own tools read them too.
 *
 * @see <a href="https://developers.google.com/tink">Tink</a>
 */
@NullMarked
package io.trunkline.encryption;

import org.jspecify.annotations.NullMarked;
