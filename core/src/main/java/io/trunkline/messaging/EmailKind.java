package io.trunkline.messaging;

/** What a received mail is. Only {@link #PERSONAL} mail may be answered by a machine. */
public enum EmailKind {
    /** Written by a person, as far as can be told. */
    PERSONAL,
    /** A delivery failure for good (RFC 3464, status 5). */
    BOUNCE_PERMANENT,
    /** A delivery that is delayed or failed for now (status 4). */
    BOUNCE_TRANSIENT,
    /** An absence note or another answer of a machine (RFC 3834). */
    AUTO_REPLY,
    /** A mailing list or another bulk sender. */
    BULK,
    /** A mail that this connection has sent itself. */
    OWN
}
