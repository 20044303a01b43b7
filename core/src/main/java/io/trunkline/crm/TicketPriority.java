package io.trunkline.crm;

/** How urgent a ticket is; the platform's own word stands beside it. */
public enum TicketPriority {
    /** At once. */
    URGENT,
    /** Before others. */
    HIGH,
    /** As usual. */
    NORMAL,
    /** When there is time. */
    LOW
}
