package io.trunkline.messaging;

/** Why a message was not sent. */
public enum RejectReason {
    /** The address does not exist or cannot receive. */
    INVALID_ADDRESS,
    /** The recipient does not want messages from this sender. */
    OPTED_OUT,
    /** The platform or the carrier bars the recipient, the country or the sender. */
    BLOCKED,
    /** The sender's number or address is not the account's or lacks a registration. */
    INVALID_SENDER,
    /** The template, its variables or its signature are not those that were approved. */
    TEMPLATE,
    /** A free text came after the reply window; send a template. */
    WINDOW_CLOSED,
    /** The text, the media or their size are refused. */
    CONTENT,
    /** The account has no credit or quota left. */
    INSUFFICIENT_FUNDS,
    /** Too many messages for now; nothing was sent. */
    RATE_LIMITED,
    /** The credential is refused or may not send. */
    CREDENTIAL,
    /** The platform could not be reached or answered that it did nothing; trying later is safe. */
    UNAVAILABLE,
    /** Another reason, which the platform's code names. */
    OTHER
}
