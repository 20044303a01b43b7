package io.trunkline.crm;

/** How far a ticket is; the platform's own word stands beside it. */
public enum TicketStatus {
    /** Nobody has looked at it. */
    NEW,
    /** Somebody works on it. */
    OPEN,
    /** It waits for the customer. */
    PENDING,
    /** It waits for something else. */
    ON_HOLD,
    /** It is done, and the customer may still object. */
    SOLVED,
    /** It is done for good. */
    CLOSED
}
