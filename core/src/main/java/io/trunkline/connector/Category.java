package io.trunkline.connector;

/** The kind of platform. */
public enum Category {
    /** Systems that know the customer: CRM, tickets, orders, ERP. */
    CRM,
    /** Channels that reach the customer: SMS, mail, social and chat, bots. */
    MESSAGING,
    /** What understands the customer: speech, language, routing. */
    AI
}
