/**
 * Platforms on this machine, which behave as their makers describe as far as the connectors use them. They serve tests
 * and examples; they prove nothing about the live platforms.
 */
@NullMarked
package io.trunkline.testkit.platforms;

import org.jspecify.annotations.NullMarked;
