package io.trunkline.value;

/** The urgency of a call: work of both lanes shares one quota of the platform, and interactive work overtakes. */
public enum Lane {
    /** An agent is waiting for the answer. */
    INTERACTIVE,
    /** Nobody waits: synchronisation, reports, repairs. */
    BULK
}
