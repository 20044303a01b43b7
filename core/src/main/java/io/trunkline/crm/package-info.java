/**
 * What every business system offers a call center: who is calling, their tickets and orders, and the record of the call.
 * Small typed interfaces; a connection offers those that its platform can serve.
 */
@NullMarked
package io.trunkline.crm;

import org.jspecify.annotations.NullMarked;
