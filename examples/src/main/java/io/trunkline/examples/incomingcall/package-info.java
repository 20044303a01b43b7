/**
 * An incoming call from ring to wrap-up: who calls, what they say, what they want and how they feel, who shall serve them,
 * the answer by text message and mail, the platform's receipt, the record of the call. Platforms are fakes on this
 * machine unless a settings file names real accounts.
 */
@NullMarked
package io.trunkline.examples.incomingcall;

import org.jspecify.annotations.NullMarked;
