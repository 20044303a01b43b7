/** Another connection as the target of a synchronisation: contacts copied from one business system into another. */
@NullMarked
package io.trunkline.crm.copied;

import org.jspecify.annotations.NullMarked;
