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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void decode_receiptsInEveryOrderAndTwice_neverGoBackwards() {
        List<String> words = List.of("queued", "sent", "delivered", "read");
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<String> sent = new ArrayList<>(words);
            sent.addAll(words.subList(0, random.nextInt(words.size() + 1)));
            Collections.shuffle(sent, random);
            DeliveryStatus status = DeliveryStatus.QUEUED;
            for (String word : sent) {
                DeliveryStatus next = status.then(
                        receipt("MessageSid=SM1&MessageStatus=" + word).status());
                assertTrue(next.compareTo(status) >= 0, sent::toString);
                status = next;
            }
            assertEquals(DeliveryStatus.READ, status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "delivered,undelivered,DELIVERED",
        "sent,undelivered,FAILED",
        "undelivered,sent,FAILED",
        "failed,delivered,FAILED",
        "sent,unheard-of,SENT",
        "canceled,sent,CANCELLED"
    })
    void decode_twoReceipts_endInTheTruth(String first, String second, DeliveryStatus end) {
        DeliveryStatus status = receipt("MessageSid=SM1&MessageStatus=" + first).status();

        assertEquals(
                end,
                status.then(receipt("MessageSid=SM1&MessageStatus=" + second).status()));
    }

    @Test
    void decode_sameReceiptTwice_hasOneId() {
        assertEquals(
                receipt("MessageSid=SM1&MessageStatus=sent").header().id(),
                receipt("SmsSid=SM1&SmsStatus=sent").header().id());
    }

    @Test
    void decode_receiptOfAnOptOut_tellsTheOptOutToo() {
        List<Event> events =
                WEBHOOKS.decode(request("MessageSid=SM1&MessageStatus=failed&ErrorCode=21610&To=%2B447700900123"));

        OptOutChanged optOut = (OptOutChanged) events.get(1);
        assertTrue(optOut.optedOut());
        assertEquals("+447700900123", optOut.address());
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,true",
        "stop,true",
        " Stop ,true",
        "STOPALL,true",
        "UNSUBSCRIBE,true",
        "CANCEL,true",
        "END,true",
        "QUIT,true",
        "START,false",
        "unstop,false"
    })
    void decode_wordThatThePlatformObeys_isAnOptOut(String word, boolean out) {
        List<Event> events = WEBHOOKS.decode(
                request("MessageSid=SM1&From=%2B447700900123&Body=" + URLEncoder.encode(word, StandardCharsets.UTF_8)));

        assertEquals(out, ((OptOutChanged) events.get(1)).optedOut());
    }

    @ParameterizedTest
    @CsvSource({"STOP PLEASE,sms", "please cancel,sms", "YES,sms", "HELP,sms", "STOP,whatsapp"})
    void decode_otherWords_areMessagesOnly(String word, String channel) {
        String from = channel.equals("sms") ? "%2B447700900123" : "whatsapp%3A%2B447700900123";

        List<Event> events = WEBHOOKS.decode(
                request("MessageSid=SM1&From=" + from + "&Body=" + URLEncoder.encode(word, StandardCharsets.UTF_8)));

        assertEquals(1, events.size());
        assertEquals(channel, ((MessageReceived) events.get(0)).channel());
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "abc,0", "100,0", "2,1", "'',0"})
    void decode_countOfMediaThatIsWrong_givesWhatIsThere(String count, int found) {
        MessageReceived message = (MessageReceived) WEBHOOKS.decode(
                        request("MessageSid=SM1&From=%2B1&NumMedia=" + count + "&MediaUrl0=https%3A%2F%2Fm.test%2F1"))
                .get(0);

        assertEquals(found, message.media().size());
    }

    @Test
    void decode_mediaAtNoAddress_isMalformed() {
        WebhookRequest request = request("MessageSid=SM1&From=%2B1&NumMedia=1&MediaUrl0=not%20an%20address");

        assertThrows(MalformedDataException.class, () -> WEBHOOKS.decode(request));
    }

    private static ReceiptReceived receipt(String form) {
        return (ReceiptReceived) WEBHOOKS.decode(request(form)).get(0);
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
