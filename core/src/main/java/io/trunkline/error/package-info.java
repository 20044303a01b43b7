/**
 * What can go wrong, told by what the caller does next. One unchecked root, {@code ConnectorException}, carries the
 * data; its subclasses are the caller's next steps.
 */
@NullMarked
package io.trunkline.error;

import org.jspecify.annotations.NullMarked;
