/**
 * Mail over SMTP and IMAP by Angus Mail: sending with a result for each recipient, fetching since a cursor, watching by
 * IDLE, and telling bounces and machines from people. A delivery report says which
 * recipients failed and which mail it is about. Follows RFC 5321, 5322, 3834, 3464, 8058, 9051 and 2177. POP3, OAuth for
 * mail, SMTPUTF8 and vendors' own mail interfaces are not covered.
 */
@NullMarked
package io.trunkline.messaging.mail;

import org.jspecify.annotations.NullMarked;
