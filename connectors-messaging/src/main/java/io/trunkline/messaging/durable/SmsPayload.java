package io.trunkline.messaging.durable;

import io.trunkline.mapping.Json;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.Template;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.value.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text message as it waits in the outbox. */
final class SmsPayload {

    private SmsPayload() {}

    static byte[] of(SmsMessage message) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("to", message.to().e164());
        fields.put("reference", message.reference());
        fields.put("channel", message.channel().name());
        fields.put("text", message.text());
        fields.put("media", message.media().stream().map(URI::toString).toList());
        message.sender().ifPresent(sender -> fields.put("sender", sender));
        message.template().ifPresent(template -> {
            fields.put("template", template.id());
            fields.put("variables", template.variables());
        });
        message.scheduledAt().ifPresent(time -> fields.put("scheduledAt", time.toString()));
        message.validFor().ifPresent(time -> fields.put("validFor", time.toString()));
        return Json.write(fields);
    }

    static SmsMessage message(OutboxEntry entry) {
        Map<String, @Nullable Object> fields = Json.object(entry.payload());
        SmsMessage.Builder message = SmsMessage.to(PhoneNumber.parse(text(fields, "to")), text(fields, "reference"))
                .over(MessageChannel.valueOf(text(fields, "channel")));
        if (!text(fields, "text").isEmpty()) {
            message.text(text(fields, "text"));
        }
        if (fields.get("media") instanceof List<?> media) {
            media.forEach(url -> message.media(URI.create(String.valueOf(url))));
        }
        if (fields.get("sender") instanceof String sender) {
            message.sender(sender);
        }
        if (fields.get("template") instanceof String id && fields.get("variables") instanceof Map<?, ?> variables) {
            Map<String, String> values = new LinkedHashMap<>();
            variables.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
            message.template(new Template(id, values));
        }
        if (fields.get("scheduledAt") instanceof String time) {
            message.scheduledAt(Instant.parse(time));
        }
        if (fields.get("validFor") instanceof String time) {
            message.validFor(Duration.parse(time));
        }
        return message.build();
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }
}
