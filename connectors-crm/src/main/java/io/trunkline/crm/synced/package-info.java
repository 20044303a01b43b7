/**
 * Contacts of a table that a synchronisation keeps: who is calling is answered from the application's own database, also
 * while the business system is slow or down. What the table does not have yet is not found.
 */
@NullMarked
package io.trunkline.crm.synced;

import org.jspecify.annotations.NullMarked;
