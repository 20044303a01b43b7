package io.trunkline.messaging.durable;

import io.trunkline.mapping.Json;
import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.MailAddress;
import io.trunkline.outbox.OutboxEntry;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A mail as it waits in the outbox. */
final class EmailPayload {

    private EmailPayload() {}

    static byte[] of(EmailMessage mail) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("subject", mail.subject());
        fields.put("to", addresses(mail.to()));
        fields.put("cc", addresses(mail.cc()));
        fields.put("bcc", addresses(mail.bcc()));
        fields.put("text", mail.text());
        fields.put("html", mail.html());
        fields.put(
                "attachments",
                mail.attachments().stream().map(EmailPayload::file).toList());
        fields.put("references", mail.references());
        fields.put("from", addresses(mail.from().stream().toList()));
        fields.put("replyTo", addresses(mail.replyTo().stream().toList()));
        mail.unsubscribe().ifPresent(url -> fields.put("unsubscribe", url.toString()));
        fields.put("automatic", mail.automatic());
        return Json.write(fields);
    }

    static EmailMessage mail(OutboxEntry entry) {
        Map<String, @Nullable Object> fields = Json.object(entry.payload());
        EmailMessage.Builder mail = EmailMessage.about(text(fields, "subject"))
                .text(text(fields, "text"))
                .html(text(fields, "html"));
        each(fields, "to", address -> mail.to(address(address)));
        each(fields, "cc", address -> mail.cc(address(address)));
        each(fields, "bcc", address -> mail.bcc(address(address)));
        each(fields, "from", address -> mail.from(address(address)));
        each(fields, "replyTo", address -> mail.replyTo(address(address)));
        each(fields, "attachments", file -> mail.attach(file(file)));
        if (fields.get("references") instanceof List<?> references) {
            references.forEach(id -> mail.reference(String.valueOf(id)));
        }
        if (fields.get("unsubscribe") instanceof String url) {
            mail.unsubscribe(URI.create(url));
        }
        if (Boolean.TRUE.equals(fields.get("automatic"))) {
            mail.automatic();
        }
        return mail.build();
    }

    private static List<Map<String, String>> addresses(List<MailAddress> addresses) {
        return addresses.stream().map(EmailPayload::fields).toList();
    }

    private static Map<String, String> fields(MailAddress address) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", address.name());
        fields.put("address", address.address());
        return fields;
    }

    private static MailAddress address(Map<?, ?> fields) {
        return new MailAddress(text(fields, "name"), text(fields, "address"));
    }

    private static Map<String, @Nullable Object> file(Attachment file) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", file.name());
        fields.put("type", file.contentType());
        fields.put("content", Base64.getEncoder().encodeToString(file.content()));
        file.inlineId().ifPresent(id -> fields.put("id", id));
        return fields;
    }

    private static Attachment file(Map<?, ?> fields) {
        byte[] content = Base64.getDecoder().decode(text(fields, "content"));
        String id = fields.get("id") instanceof String text ? text : null;
        return new Attachment(text(fields, "name"), text(fields, "type"), content, id);
    }

    private static void each(Map<String, @Nullable Object> fields, String name, Consumer<Map<?, ?>> use) {
        if (fields.get(name) instanceof List<?> list) {
            list.forEach(item -> use.accept((Map<?, ?>) item));
        }
    }

    private static String text(Map<?, ?> fields, String name) {
        return String.valueOf(fields.get(name));
    }
}
