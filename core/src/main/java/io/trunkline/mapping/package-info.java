/**
 * Formats, read within bounds: JSON that keeps long ids exact, XML that fetches nothing, SOAP, CSV, and the declarative
 * mapping between the host's names and a platform's custom fields. What cannot be read becomes a
 * {@link io.trunkline.mapping.MalformedDataException} that repeats none of the data.
 */
@NullMarked
package io.trunkline.mapping;

import org.jspecify.annotations.NullMarked;
