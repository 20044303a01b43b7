package io.trunkline.proofs;

import io.trunkline.auth.Macs;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.value.Secret;
import io.trunkline.webhook.KeyedSignature;
import io.trunkline.webhook.SignatureScheme;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A platform whose events are about telephone numbers: {@code number|id|text}. */
record Caller(Secret secret) implements WebhookProtocol {

    private SignatureScheme scheme() {
        return KeyedSignature.in("X-Sig", secret).algorithm("HmacSHA256").build();
    }

    @Override
    public void verify(WebhookRequest request) {
        scheme().verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        String[] parts = request.text().split("\\|", 3);
        EventHeader header = new EventHeader("chat", parts[1], parts[0], request.receivedAt(), null);
        return List.of(new MessageReceived(header, "chat", parts[1], parts[0], "desk", parts[2], List.of()));
    }

    WebhookRequest request(String number, String id, String text, Instant at) {
        byte[] body = (number + "|" + id + "|" + text).getBytes(StandardCharsets.UTF_8);
        String signature = HexFormat.of().formatHex(Macs.hmac("HmacSHA256", secret, body));
        return new WebhookRequest(
                "POST", URI.create("https://calls.test/hook"), Map.of("X-Sig", List.of(signature)), body, at);
    }
}
