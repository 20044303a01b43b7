package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.MessageRecord;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.Template;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of the platform and ours. */
final class TwilioMapperTest {

    private static final PhoneNumber TO = PhoneNumber.parse("+447700900123");

    private static ConnectorSetup account() {
        return Twilio.account(FakeTwilio.SID, Secret.of("t"));
    }

    private static Map<String, String> form(SmsMessage.Builder message, ConnectorSetup setup) {
        ConnectorSettings settings = setup.settings();
        return new TreeMap<>(TwilioMapper.form(message.build(), settings));
    }

    @Test
    void form_plainText_isToFromAndBody() {
        assertEquals(
                Map.of("To", "+447700900123", "From", "+15005550006", "Body", "hi"),
                form(SmsMessage.to(TO, "r").text("hi"), account().with(Twilio.FROM, "+15005550006")));
    }

    @Test
    void form_messageThatNamesItsSender_overridesTheConnections() {
        assertEquals(
                "Acme",
                form(SmsMessage.to(TO, "r").text("hi").sender("Acme"), account().with(Twilio.FROM, "+15005550006"))
                        .get("From"));
    }

    @Test
    void form_whatsAppTemplate_isContentSidAndVariables() {
        Map<String, String> form = form(
                SmsMessage.to(TO, "r")
                        .over(MessageChannel.WHATSAPP)
                        .template(new Template("HX" + "a".repeat(32), Map.of("1", "Ada \"&\"")))
                        .sender("whatsapp:+15005550006"),
                account());

        assertEquals("whatsapp:+447700900123", form.get("To"));
        assertEquals("whatsapp:+15005550006", form.get("From"));
        assertEquals("HX" + "a".repeat(32), form.get("ContentSid"));
        assertEquals("{\"1\":\"Ada \\\"&\\\"\"}", form.get("ContentVariables"));
        assertTrue(!form.containsKey("Body"));
    }

    @Test
    void form_scheduledWithoutAService_isRefused() {
        SmsMessage.Builder later = SmsMessage.to(TO, "r").text("x").scheduledAt(Instant.EPOCH);

        assertThrows(IllegalArgumentException.class, () -> form(later, account().with(Twilio.FROM, "+1")));
        assertEquals(
                "1970-01-01T00:00:00Z",
                form(later, account().with(Twilio.SERVICE_SID, FakeTwilio.SERVICE))
                        .get("SendAt"));
    }

    @ParameterizedTest
    @CsvSource({"PT1S,1", "PT5M,300", "PT10H,36000"})
    void form_validity_isInSeconds(Duration time, String seconds) {
        assertEquals(
                seconds,
                form(SmsMessage.to(TO, "r").text("x").validFor(time), account().with(Twilio.FROM, "+1"))
                        .get("ValidityPeriod"));
    }

    @Test
    void form_validityOutOfBounds_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> form(
                        SmsMessage.to(TO, "r").text("x").validFor(Duration.ofHours(11)),
                        account().with(Twilio.FROM, "+1")));
        assertThrows(
                IllegalArgumentException.class, () -> SmsMessage.to(TO, "r").validFor(Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "accepted,QUEUED",
        "scheduled,QUEUED",
        "queued,QUEUED",
        "sending,QUEUED",
        "sent,SENT",
        "delivered,DELIVERED",
        "partially_delivered,DELIVERED",
        "received,DELIVERED",
        "receiving,DELIVERED",
        "read,READ",
        "failed,FAILED",
        "undelivered,FAILED",
        "canceled,CANCELLED"
    })
    void status_everyDocumentedWord_isOneOfOurs(String word, DeliveryStatus status) {
        assertEquals(status, TwilioMapper.status(word).known().orElseThrow());
        assertEquals(word, TwilioMapper.status(word).word());
    }

    @ParameterizedTest
    @CsvSource({"''", "teleported", "DELIVERED"})
    void X18_unknownStatus_isKeptAsItIs(String word) {
        assertTrue(TwilioMapper.status(word).known().isEmpty());
        assertEquals(word, TwilioMapper.status(word).word());
    }

    @Test
    void record_everythingNull_isAnEmptyRecord() {
        MessageRecord record =
                TwilioMapper.record(new TwilioWire.Message(null, null, null, null, null, null, null, null, null));

        assertEquals("", record.text());
        assertTrue(record.created().isEmpty() && record.error().isEmpty() && !record.inbound());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "12,12", "0,0", "-1,0", "x,0", "99999,0"})
    void accepted_segments_areACountOrNone(String segments, int count) {
        TwilioWire.Message message =
                new TwilioWire.Message("SM1", null, null, null, "queued", null, segments, null, null);

        assertEquals(count, TwilioMapper.accepted(message).segments());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thu, 24 Aug 2023 05:01:45 +0000 | 2023-08-24T05:01:45Z",
                "Thu, 24 Aug 2023 05:01:45 +0200 | 2023-08-24T03:01:45Z",
                "2023-08-24T05:01:45Z | ",
                "yesterday | "
            })
    void time_inTheirForm_isAnInstantOrNothing(String text, Instant time) {
        assertEquals(time, TwilioMapper.time(text));
    }
}
