/**
 * Mail over SMTP and IMAP by Angus Mail: sending with a result for each recipient, fetching since a cursor, watching by
 * IDLE, and telling bounces and machines from people. Follows RFC 5321, 5322, 3834, 3464, 9051 and 2177. POP3, OAuth for
 * mail and vendors' own mail interfaces are not covered.
 */
@NullMarked
package io.trunkline.messaging.mail;

import org.jspecify.annotations.NullMarked;
