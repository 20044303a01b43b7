package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Leaks;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.event.Event;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.OptOutChanged;
import io.trunkline.event.ReceiptReceived;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures by the published vectors, and what receipts and messages become. */
final class TwilioWebhooksTest {

    private static final TwilioWebhooks WEBHOOKS = new TwilioWebhooks("sms", Secret.of("12345"));

    @SuppressWarnings("unchecked")
    static Stream<Map<String, Object>> vectors() throws IOException {
        try (InputStream file = TwilioWebhooksTest.class.getResourceAsStream("/twilio-signatures.json")) {
            return ((List<Map<String, Object>>) Json.object(file.readAllBytes()).get("all")).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @SuppressWarnings("unchecked")
    void verify_publishedVector_passesAndItsForgeryDoesNot(Map<String, Object> vector) {
        Map<String, Object> in = (Map<String, Object>) vector.get("inputs");
        String signature = String.valueOf(((Map<String, Object>) vector.get("expected")).get("signature"));
        boolean json = in.containsKey("raw_body");
        String body = json ? String.valueOf(in.get("raw_body")) : form((List<List<String>>) in.get("params"));
        URI signed = URI.create(String.valueOf(in.get("url")));
        URI bare = URI.create(signed.toString().replaceFirst(":(443|80)/", "/"));
        TwilioSignature scheme = new TwilioSignature(Secret.of(String.valueOf(in.get("auth_token"))));

        for (URI url : List.of(signed, bare)) {
            scheme.verify(request(url, signature, body, json));
        }

        WebhookRequest other = request(signed, signature, body + (json ? " " : "&Extra=1"), json);
        assertThrows(ForgedWebhookException.class, () -> scheme.verify(other));
        WebhookRequest elsewhere = request(URI.create("https://evil.test/"), signature, body, false);
        assertThrows(ForgedWebhookException.class, () -> scheme.verify(elsewhere));
    }

    @Test
    void decode_receipt_isAStatusOfItsMessage() {
        List<Event> events =
                WEBHOOKS.decode(request("MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003&From=%2B1"));

        ReceiptReceived receipt = (ReceiptReceived) events.get(0);
        assertEquals(DeliveryStatus.FAILED, receipt.status());
        assertEquals("30003", receipt.error().orElseThrow());
        assertEquals("SM1:undelivered", receipt.header().id());
        assertEquals("SM1", receipt.header().entity());
    }

    @Test
    void decode_messageInWithMediaAndStop_isTwoEvents() {
        List<Event> events = WEBHOOKS.decode(
                request(
                        "MessageSid=SM2&SmsStatus=received&From=whatsapp%3A%2B447700900123"
                                + "&To=whatsapp%3A%2B15005550006&Body=STOP&NumMedia=1&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fm&OptOutType=STOP"));

        MessageReceived message = (MessageReceived) events.get(0);
        assertEquals("whatsapp", message.channel());
        assertEquals("+447700900123", message.from());
        assertEquals(1, message.media().size());
        assertTrue(((OptOutChanged) events.get(1)).optedOut());
        Leaks.printed(events);
    }

    @Test
    void decode_jsonReceipt_isTheSame() {
        WebhookRequest request = new WebhookRequest(
                "POST",
                URI.create("https://host.test/"),
                Map.of("Content-Type", List.of("application/json")),
                "{\"MessageSid\":\"SM3\",\"MessageStatus\":\"read\"}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);

        assertEquals(
                DeliveryStatus.READ, ((ReceiptReceived) WEBHOOKS.decode(request).get(0)).status());
    }

    @Test
    void decode_withoutMessage_isMalformed() {
        WebhookRequest request = request("Hello=1");

        assertThrows(MalformedDataException.class, () -> WEBHOOKS.decode(request));
        assertEquals("<Response/>", new String(WEBHOOKS.acknowledgement(request).body(), StandardCharsets.UTF_8));
    }

    private static WebhookRequest request(String form) {
        return request(URI.create("https://host.test/"), "", form, false);
    }

    private static WebhookRequest request(URI url, String signature, String body, boolean json) {
        String type = json ? "application/json" : "application/x-www-form-urlencoded";
        return new WebhookRequest(
                "POST",
                url,
                Map.of("X-Twilio-Signature", List.of(signature), "Content-Type", List.of(type)),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private static String form(List<List<String>> pairs) {
        return pairs.stream()
                .map(pair -> pair.get(0) + "=" + URLEncoder.encode(pair.get(1), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
