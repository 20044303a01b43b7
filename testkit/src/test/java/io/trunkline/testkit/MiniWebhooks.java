package io.trunkline.testkit;

import io.trunkline.auth.Macs;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.OptOutChanged;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Webhooks signed by HMAC over their body; the body names who has opted out. */
record MiniWebhooks(String connection) implements WebhookProtocol {

    static final Secret KEY = Secret.of("mini-webhook-key");
    static final String HEADER = "X-Signature";

    static WebhookRequest genuine(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new WebhookRequest(
                "POST",
                URI.create("https://host.test/mini"),
                Map.of(HEADER, List.of(signature(bytes))),
                bytes,
                Instant.parse("2026-03-01T08:00:00Z"));
    }

    private static String signature(byte[] body) {
        return HexFormat.of().formatHex(Macs.hmac("HmacSHA256", KEY, body));
    }

    @Override
    public void verify(WebhookRequest request) {
        List<String> given = request.headers(HEADER);
        byte[] signed = request.body();
        boolean many = Flaw.TAKES_TWO_SIGNATURES.here() ? given.isEmpty() : given.size() != 1;
        boolean good = !many && (Flaw.BODY_NOT_SIGNED.here() || given.contains(signature(signed)));
        if (!good && !Flaw.NOT_VERIFIED.here()) {
            throw new ForgedWebhookException("the signature is wrong");
        }
    }

    @Override
    public Optional<WebhookReply> handshake(WebhookRequest request) {
        boolean test = request.text().startsWith("challenge=") || Flaw.HANDSHAKE_FOR_ALL.here();
        return test ? Optional.of(WebhookReply.of(200, "text/plain", request.text())) : Optional.empty();
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        String id = Flaw.OTHER_IDS_EACH_TIME.here() ? UUID.randomUUID().toString() : request.text();
        EventHeader header = new EventHeader(connection, id, request.text(), request.receivedAt(), null);
        return List.of(new OptOutChanged(header, "sms", request.text(), true));
    }

    @Override
    public WebhookReply acknowledgement(WebhookRequest request) {
        return WebhookReply.status(Flaw.WRONG_ACKNOWLEDGEMENT.here() ? 204 : 202);
    }
}
