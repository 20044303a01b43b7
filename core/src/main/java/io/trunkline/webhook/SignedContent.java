package io.trunkline.webhook;

import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;

/** The bytes of a request that a platform signs, in its order. */
@FunctionalInterface
public interface SignedContent {

    /** The raw body alone. */
    SignedContent BODY = (request, secret) -> request.body();

    /** The bytes. The secret is given because some platforms put it among them. */
    byte[] of(WebhookRequest request, Secret secret);

    /** Texts and then bytes, joined without anything between. */
    static byte[] join(byte[] last, String... first) {
        byte[] head = String.join("", first).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + last.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(last, 0, all, head.length, last.length);
        return all;
    }
}
