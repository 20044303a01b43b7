/**
 * The conformance kit: what a connector has to pass, and a platform to pass it against. An implementer extends a contract,
 * writes the two methods that it leaves open, and runs it offline.
 */
@NullMarked
package io.trunkline.testkit;

import org.jspecify.annotations.NullMarked;
