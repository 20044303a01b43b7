/**
 * Values that every other package speaks in: telephone numbers, money, secrets, references to records, deadlines and
 * pages. Immutable, comparable by content, and safe to print: personal data and secrets are masked by
 * {@code toString()}.
 */
@NullMarked
package io.trunkline.value;

import org.jspecify.annotations.NullMarked;
