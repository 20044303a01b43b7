package io.trunkline.messaging.twilio;

import io.trunkline.connector.ConnectorSettings;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.mapping.Json;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.MessageRecord;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's words to ours and back. */
final class TwilioMapper {

    private static final String WHATSAPP = "whatsapp:";
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    private TwilioMapper() {}

    static Map<String, String> form(SmsMessage message, ConnectorSettings settings) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", address(message.to(), message.channel()));
        sender(message, settings, form);
        if (!message.text().isEmpty()) {
            form.put("Body", message.text());
        }
        message.template().ifPresent(template -> {
            form.put("ContentSid", template.id());
            byte[] variables = Json.write(template.variables());
            form.put("ContentVariables", new String(variables, StandardCharsets.UTF_8));
        });
        message.scheduledAt().ifPresent(time -> {
            form.put("ScheduleType", "fixed");
            form.put("SendAt", time.toString());
        });
        message.validFor().ifPresent(time -> form.put("ValidityPeriod", validity(time)));
        settings.find(Twilio.STATUS_CALLBACK).ifPresent(url -> form.put("StatusCallback", url.toString()));
        return form;
    }

    static String address(PhoneNumber number, MessageChannel channel) {
        return channel == MessageChannel.WHATSAPP ? WHATSAPP + number.e164() : number.e164();
    }

    static SendOutcome.Accepted accepted(TwilioWire.Message message) {
        String segments = message.numSegments();
        int count = segments != null && segments.matches("\\d{1,4}") ? Integer.parseInt(segments) : 0;
        DeliveryStatus status = status(text(message.status())).known().orElse(DeliveryStatus.QUEUED);
        return new SendOutcome.Accepted(text(message.sid()), status, count);
    }

    static MessageRecord record(TwilioWire.Message message) {
        Integer error = message.errorCode();
        return new MessageRecord(
                text(message.sid()),
                text(message.from()),
                text(message.to()),
                text(message.body()),
                "inbound".equals(message.direction()),
                status(text(message.status())),
                time(message.dateCreated()),
                error == null ? null : error.toString());
    }

    static OpenEnum<DeliveryStatus> status(String word) {
        return switch (word) {
            case "accepted", "scheduled", "queued", "sending" -> OpenEnum.of(DeliveryStatus.QUEUED, word);
            case "sent" -> OpenEnum.of(DeliveryStatus.SENT, word);
            case "delivered", "partially_delivered", "received", "receiving" ->
                OpenEnum.of(DeliveryStatus.DELIVERED, word);
            case "read" -> OpenEnum.of(DeliveryStatus.READ, word);
            case "failed", "undelivered" -> OpenEnum.of(DeliveryStatus.FAILED, word);
            case "canceled" -> OpenEnum.of(DeliveryStatus.CANCELLED, word);
            default -> OpenEnum.unknown(word);
        };
    }

    static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String validity(Duration time) {
        if (time.compareTo(LONGEST_VALIDITY) > 0) {
            throw new IllegalArgumentException("a message can be valid for 10 hours at most");
        }
        return String.valueOf(time.toSeconds());
    }

    private static void sender(SmsMessage message, ConnectorSettings settings, Map<String, String> form) {
        String own = message.sender().or(() -> settings.find(Twilio.FROM)).orElse("");
        settings.find(Twilio.SERVICE_SID).ifPresent(service -> form.put("MessagingServiceSid", service));
        if (own.isEmpty() && !form.containsKey("MessagingServiceSid")) {
            throw new IllegalArgumentException("the message and the connection name no sender; set from");
        }
        if (message.scheduledAt().isPresent() && !form.containsKey("MessagingServiceSid")) {
            throw new IllegalArgumentException("scheduled messages need the connection's messaging-service-sid");
        }
        if (!own.isEmpty()) {
            boolean prefix = message.channel() == MessageChannel.WHATSAPP && !own.startsWith(WHATSAPP);
            form.put("From", prefix ? WHATSAPP + own : own);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
