package io.trunkline.webhook;

/** A way in which platforms sign what they send. Made with the secret: there is none without. */
@FunctionalInterface
public interface SignatureScheme {

    /** Passes only a genuine and fresh request. Throws {@link ForgedWebhookException} for all others. */
    void verify(WebhookRequest request);
}
