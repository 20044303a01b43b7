package io.trunkline.messaging.twilio;

import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.WebhookContract;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Inbound messages as forms, signed here as the platform documents it, without the connector's own code. */
final class TwilioWebhookContractTest extends WebhookContract {

    private static final String ADDRESS = "https://host.test/twilio?line=7";

    private final FakeTwilio account = new FakeTwilio();
    private final String authToken = "token" + System.nanoTime();
    private final String text = "said" + System.nanoTime();

    @Override
    protected RunningPlatform start() {
        return account.platform();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return Twilio.account(FakeTwilio.SID, Secret.of(Canary.plant(authToken)))
                .with(CommonSettings.BASE_URL, List.of(account.platform().uri()));
    }

    @Override
    protected WebhookRequest genuine(int number) {
        String form = "MessageSid=SM" + number + "&From=%2B447700900123&To=%2B15005550006&Body=" + Canary.plant(text);
        return new WebhookRequest(
                "POST",
                URI.create(ADDRESS),
                Map.of(
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded"),
                        "X-Twilio-Signature",
                        List.of(signature(form))),
                form.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T08:00:00Z"));
    }

    @Override
    protected List<String> proofs() {
        return List.of("X-Twilio-Signature");
    }

    @Override
    protected boolean acknowledges(WebhookReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8).equals("<Response/>");
    }

    private String signature(String form) {
        Map<String, String> sorted = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            sorted.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        StringBuilder signed = new StringBuilder(ADDRESS);
        sorted.forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
