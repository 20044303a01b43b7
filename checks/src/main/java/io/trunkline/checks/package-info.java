/**
 * House rules and watchers for the test suites of all modules. Knows nothing of the library's core, so that core itself
 * can be tested with it.
 */
@NullMarked
package io.trunkline.checks;

import org.jspecify.annotations.NullMarked;
