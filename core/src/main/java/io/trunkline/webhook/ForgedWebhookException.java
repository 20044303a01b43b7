package io.trunkline.webhook;

/** A request that is not provably the platform's. The message is for the operator's log; the sender learns nothing. */
public final class ForgedWebhookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A reason without anything of the request. */
    public ForgedWebhookException(String reason) {
        super(reason);
    }
}
