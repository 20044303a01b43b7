/** Who is calling, asked of every business system at once. It composes over {@code Contacts} of any connector. */
@NullMarked
package io.trunkline.crm.lookup;

import org.jspecify.annotations.NullMarked;
