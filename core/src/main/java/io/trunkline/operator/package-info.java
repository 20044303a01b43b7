/**
 * The operator's view: what waits, what fails and what was put aside in inbox, outbox and synchronisations, with reasons
 * and ages, and what a person does about it; as an API and as the program {@link
 * io.trunkline.operator.OperatorCommand}. Nobody's data is shown.
 */
@NullMarked
package io.trunkline.operator;

import org.jspecify.annotations.NullMarked;
