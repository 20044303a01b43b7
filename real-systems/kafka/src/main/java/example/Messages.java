package example;

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

/** A platform whose signed webhooks are one message each: {@code entity id nanoseconds text}. */
final class Messages implements WebhookProtocol {

    static final String CONNECTION = "messages";

    private static final String SIGNATURE = "X-Signature";
    private static final int ENTITIES = 200;
    private static final String TEXT = "I want to know where my order is. ".repeat(6);

    private final Secret secret = Secret.of("a key of this run only");
    private final SignatureScheme scheme =
            KeyedSignature.in(SIGNATURE, secret).algorithm("HmacSHA256").build();

    /** A webhook that is sent now. */
    WebhookRequest request(String run, int number) {
        byte[] body = ("e" + number % ENTITIES + " " + run + number + " " + System.nanoTime() + " " + TEXT)
                .getBytes(StandardCharsets.UTF_8);
        String signature = HexFormat.of().formatHex(Macs.hmac("HmacSHA256", secret, body));
        return new WebhookRequest(
                "POST",
                URI.create("https://calls.test/hook"),
                Map.of(SIGNATURE, List.of(signature)),
                body,
                Instant.now());
    }

    /** When a message was sent, by this process's clock. */
    static long sent(String text) {
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    @Override
    public void verify(WebhookRequest request) {
        scheme.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        String[] parts = request.text().split(" ", 3);
        EventHeader header = new EventHeader(CONNECTION, parts[1], parts[0], request.receivedAt(), null);
        return List.of(new MessageReceived(header, "sms", parts[1], parts[0], "us", parts[2], List.of()));
    }
}
