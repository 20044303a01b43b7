package io.trunkline.proofs;

import io.trunkline.auth.Macs;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.value.Secret;
import io.trunkline.webhook.KeyedSignature;
import io.trunkline.webhook.SignatureScheme;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The platform of the proofs: each line of a signed body is one event, {@code entity number}. */
final class Notes implements WebhookProtocol {

    static final String CONNECTION = "notes";
    static final String SIGNATURE = "X-Signature";

    private final Secret secret;
    private final SignatureScheme scheme;

    Notes(Secret secret) {
        this.secret = secret;
        this.scheme =
                KeyedSignature.in(SIGNATURE, secret).algorithm("HmacSHA256").build();
    }

    @Override
    public void verify(WebhookRequest request) {
        scheme.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        List<Event> events = new ArrayList<>();
        for (String line : request.text().lines().toList()) {
            String[] parts = line.split(" ", 3);
            EventHeader header = new EventHeader(CONNECTION, id(line), parts[0], request.receivedAt(), null);
            events.add(new Noted(header, Integer.parseInt(parts[1])));
        }
        return events;
    }

    /** The id of a line's event; what follows the number is only there to be long. */
    static String id(String line) {
        String[] parts = line.split(" ", 3);
        return parts[0] + "-" + parts[1];
    }

    /** Where the library keeps this connection's events until they are handled. */
    static String queue() {
        byte[] digest = Macs.digest("SHA-256", CONNECTION.getBytes(StandardCharsets.UTF_8));
        return "webhooks." + HexFormat.of().formatHex(digest, 0, 8);
    }

    String signature(String body) {
        return HexFormat.of().formatHex(Macs.hmac("HmacSHA256", secret, body.getBytes(StandardCharsets.UTF_8)));
    }

    WebhookRequest signed(String body, Instant at) {
        return new WebhookRequest(
                "POST",
                URI.create("https://calls.test/hook"),
                Map.of(SIGNATURE, List.of(signature(body))),
                body.getBytes(StandardCharsets.UTF_8),
                at);
    }
}
