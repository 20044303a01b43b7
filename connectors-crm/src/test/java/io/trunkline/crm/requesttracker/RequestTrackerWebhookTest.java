package io.trunkline.crm.requesttracker;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.WebhookContract;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

final class RequestTrackerWebhookTest extends WebhookContract {

    private final String token = Canary.secret();
    private final FakeRequestTracker desk = new FakeRequestTracker(token);
    private final String secret = Canary.plant("whsec_"
            + Base64.getEncoder()
                    .encodeToString(("a secret of the scrip " + System.nanoTime()).getBytes(StandardCharsets.UTF_8)));

    @Override
    protected RunningPlatform start() {
        return desk.platform();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return RequestTracker.token(desk.platform().uri(), Secret.of(token), "Support")
                .with(RequestTracker.WEBHOOK_SECRET, Secret.of(secret));
    }

    @Override
    protected WebhookRequest genuine(int number) {
        return signed(number, Instant.now());
    }

    @Override
    protected Optional<WebhookRequest> stale() {
        return Optional.of(signed(1, Instant.now().minus(Duration.ofDays(1))));
    }

    private WebhookRequest signed(int number, Instant at) {
        String body = "{\"transactions\":[{\"id\":\"4" + number + "\",\"ObjectId\":\"" + number
                + "\",\"Type\":\"Create\",\"Field\":\"\",\"NewValue\":\"\",\"Created\":\"2026-03-01T08:00:00Z\"}]}";
        return ScripWebhook.signed(secret, "transaction-4" + number, body, at);
    }

    @Override
    protected List<String> proofs() {
        return List.of("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Override
    protected boolean acknowledges(WebhookReply reply) {
        return reply.status() == 200;
    }
}
