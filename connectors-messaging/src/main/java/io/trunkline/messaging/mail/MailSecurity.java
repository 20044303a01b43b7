package io.trunkline.messaging.mail;

/** How the way to a mail server is protected. */
public enum MailSecurity {
    /** TLS from the first byte: ports 465 and 993. */
    TLS,
    /** TLS after a greeting, and no going on without it: ports 587 and 143. */
    STARTTLS,
    /** Nothing; allowed to servers on this machine only. */
    NONE
}
