package io.trunkline.crm;

/** Who called whom. */
public enum CallDirection {
    /** The customer called. */
    INBOUND,
    /** The call center called. */
    OUTBOUND
}
