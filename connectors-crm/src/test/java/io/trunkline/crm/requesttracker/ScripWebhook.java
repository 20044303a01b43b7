package io.trunkline.crm.requesttracker;

import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as the scrip of docs/request-tracker.md sends it. */
final class ScripWebhook {

    private ScripWebhook() {}

    static WebhookRequest signed(String secret, String id, String body, Instant at) {
        long seconds = at.getEpochSecond();
        return new WebhookRequest(
                "POST",
                URI.create("https://host.test/hooks/rt"),
                Map.of(
                        "Content-Type", List.of("application/json"),
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(String.valueOf(seconds)),
                        "webhook-signature", List.of("v1," + mac(secret, id + "." + seconds + "." + body))),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.now());
    }

    private static String mac(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
