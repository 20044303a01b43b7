package io.trunkline.testkit;

import static io.trunkline.testkit.FakeWebhooks.Delivery.AFTER_NEXT;
import static io.trunkline.testkit.FakeWebhooks.Delivery.ANSWER_LOST;
import static io.trunkline.testkit.FakeWebhooks.Delivery.ONCE;
import static io.trunkline.testkit.FakeWebhooks.Delivery.TWICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.LocalServer;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks are really doubled, reordered and repeated, as the receiving side counts them. */
@Timeout(60)
final class FakeWebhooksTest {

    private final List<String> arrived = new ArrayList<>();

    @Test
    void deliver_withoutScript_arrivesOnceEachInOrder() {
        FakeWebhooks platform = new FakeWebhooks(this::taken);

        platform.deliver(webhook("a"), webhook("b"));

        assertEquals(List.of("a", "b"), arrived);
        assertEquals(2, platform.sent());
    }

    @Test
    void deliver_duplicated_arrivesTwice() {
        new FakeWebhooks(this::taken).next(TWICE).deliver(webhook("a"), webhook("b"));

        assertEquals(List.of("a", "a", "b"), arrived);
    }

    @Test
    void deliver_reordered_theNextArrivesFirst() {
        new FakeWebhooks(this::taken).next(ONCE, AFTER_NEXT).deliver(webhook("a"), webhook("b"), webhook("c"));

        assertEquals(List.of("a", "c", "b"), arrived);
    }

    @Test
    void deliver_acknowledgementLost_isSentAgain() {
        new FakeWebhooks(this::taken).next(ANSWER_LOST).deliver(webhook("a"));

        assertEquals(List.of("a", "a"), arrived);
    }

    @Test
    void deliver_refused_isRepeatedUntilTakenButNotForEver() {
        FakeWebhooks third = new FakeWebhooks(request ->
                taken(request).accepted() && arrived.size() < 3 ? WebhookReply.status(503) : WebhookReply.status(200));
        assertEquals(200, third.deliver(webhook("a")).get(0).status());
        assertEquals(3, third.sent());

        FakeWebhooks never = new FakeWebhooks(request -> WebhookReply.status(401));
        assertEquals(401, never.deliver(webhook("a")).get(0).status());
        assertEquals(10, never.sent());
    }

    @Test
    void over_realHttp_carriesMethodPathHeadersAndBytes() {
        try (LocalServer server = LocalServer.answering(LocalServer.json(202, "{}"))) {
            AttemptLedger.shared().attempted(server.uri());

            List<WebhookReply> replies = FakeWebhooks.over(server.uri()).deliver(webhook("a"));

            assertEquals(202, replies.get(0).status());
            assertEquals("a", server.lastRequest().getBody().utf8());
            assertEquals("/in?x=1", server.lastRequest().getTarget());
            assertEquals("s", server.lastRequest().getHeaders().get("X-Signature"));
        }
    }

    private WebhookReply taken(WebhookRequest request) {
        arrived.add(request.text());
        return WebhookReply.status(200);
    }

    private static WebhookRequest webhook(String body) {
        return new WebhookRequest(
                "POST",
                URI.create("https://host.test/in?x=1"),
                Map.of("X-Signature", List.of("s")),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }
}
