package io.trunkline.webhook;

import java.nio.charset.StandardCharsets;

/**
 * What the platform is answered.
 *
 * @param status the HTTP status
 * @param contentType the media type; empty if there is no body
 * @param body the body
 */
public record WebhookReply(int status, String contentType, byte[] body) {

    /** An answer without a body. */
    public static WebhookReply status(int status) {
        return new WebhookReply(status, "", new byte[0]);
    }

    /** An answer with a text in UTF-8. */
    public static WebhookReply of(int status, String contentType, String text) {
        return new WebhookReply(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the platform may count the event as delivered. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** The status alone. */
    @Override
    public String toString() {
        return "WebhookReply[" + status + "]";
    }
}
