package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A platform that sends {@code entity id text} triples, one a line: messages, or with a text such as {@code #7} the state
 * of a record after its seventh change. A line {@code attempt n} only counts.
 */
final class Lines implements WebhookProtocol {

    static final Secret SECRET = Secret.of("a webhook secret");

    final AtomicInteger decoded = new AtomicInteger();
    private final SignatureScheme scheme =
            KeyedSignature.in("X-Sig", SECRET).algorithm("HmacSHA256").build();

    @Override
    public void verify(WebhookRequest request) {
        scheme.verify(request);
    }

    @Override
    public List<Event> decode(WebhookRequest request) {
        decoded.incrementAndGet();
        List<Event> events = new ArrayList<>();
        for (String line : request.text().split("\n", -1)) {
            if (!line.startsWith("attempt ")) {
                String[] parts = line.split(" ", 3);
                if (parts.length != 3) {
                    throw new MalformedDataException("a line has not three parts");
                }
                events.add(event(parts, request.receivedAt()));
            }
        }
        return events;
    }

    @Override
    public byte[] content(WebhookRequest request) {
        return request.text().replaceAll("attempt \\d+", "").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int largestBody() {
        return 10_000;
    }

    private static Event event(String[] parts, Instant at) {
        boolean state = parts[2].startsWith("#");
        Long sequence = state ? Long.valueOf(parts[2].substring(1)) : null;
        EventHeader header = new EventHeader("chat", parts[1], parts[0], at, sequence);
        return state
                ? new RecordChanged(header, RecordRef.of("chat", "Row", parts[0]), RecordChanged.Change.SAVED, Map.of())
                : new MessageReceived(header, "chat", parts[1], "a", "b", parts[2], List.of());
    }

    static WebhookRequest signed(String body, Instant at) {
        return request(body, signature(body), at);
    }

    static WebhookRequest request(String body, String signature, Instant at) {
        return new WebhookRequest(
                "POST", URI.create("https://calls.test/hook"), Map.of("X-Sig", List.of(signature)), utf8(body), at);
    }

    static String signature(String body) {
        return HexFormat.of().formatHex(Macs.hmac("HmacSHA256", SECRET, utf8(body)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
