package io.trunkline.error;

/** What a failure was, whichever platform it came from. */
public enum ErrorKind {
    /** The credential was refused, has expired for good or was revoked. */
    AUTHENTICATION(false),
    /** The credential is good but may not do this. */
    PERMISSION(false),
    /** The thing asked for is not there. */
    NOT_FOUND(false),
    /** The record was changed by somebody else, or exists already. */
    CONFLICT(false),
    /** The platform refused the content of the request. */
    INVALID_REQUEST(false),
    /** The platform asks for fewer calls. */
    RATE_LIMITED(true),
    /** The account is out of credit or quota, which waiting a moment does not mend. */
    QUOTA_EXHAUSTED(false),
    /** The platform says that it cannot answer now (5xx). */
    UNAVAILABLE(true),
    /** The network failed. */
    TRANSPORT(true),
    /** No answer within the time. */
    TIMEOUT(true),
    /** The answer breaks the platform's own contract: not JSON, cut off, too large. */
    PROTOCOL(false),
    /** The library did not send: breaker open, queue full, budget spent. */
    REJECTED_LOCALLY(true),
    /** A rule of safety forbade it: foreign origin, private address, forged signature. */
    SECURITY(false),
    /** The settings are wrong. */
    CONFIGURATION(false),
    /** The caller gave up: interrupted, cancelled or closed. */
    CANCELLED(false),
    /** The request may have been carried out, or not. */
    OUTCOME_UNKNOWN(false),
    /** The connector does not offer this. */
    UNSUPPORTED(false);

    private final boolean transientByNature;

    ErrorKind(boolean transientByNature) {
        this.transientByNature = transientByNature;
    }

    /** Whether the same call may well succeed later without any change to it. */
    public boolean passing() {
        return transientByNature;
    }
}
