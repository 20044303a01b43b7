/** Records of calls that are written even if the business system is down when the call ends. */
@NullMarked
package io.trunkline.crm.durable;

import org.jspecify.annotations.NullMarked;
