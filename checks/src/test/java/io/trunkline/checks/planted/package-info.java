/** Classes that break the rules on purpose: the controls of the rules. */
package io.trunkline.checks.planted;
