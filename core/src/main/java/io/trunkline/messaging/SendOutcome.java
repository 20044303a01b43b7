package io.trunkline.messaging;

import io.trunkline.event.DeliveryStatus;

/**
 * What is known after a send. An {@link Unknown} message may have gone out: it is never sent again before the platform
 * has been asked.
 */
public sealed interface SendOutcome {

    /** The platform took the message. Whether it arrives, receipts will tell. */
    record Accepted(String messageId, DeliveryStatus status, int segments) implements SendOutcome {}

    /** The message was not sent and will not be: the reason in our words, the platform's code and what to do. */
    record Rejected(RejectReason reason, String platformCode, String advice) implements SendOutcome {}

    /** Nobody knows yet: the reference under which to {@link Sms#reconcile ask}, and what went wrong. */
    record Unknown(String reference, String cause) implements SendOutcome {}

    /** Whether it is certain that nothing was sent, so that another connection may try. */
    default boolean provablyUnsent() {
        return this instanceof Rejected;
    }
}
