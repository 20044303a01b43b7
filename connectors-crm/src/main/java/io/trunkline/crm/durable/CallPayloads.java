package io.trunkline.crm.durable;

import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.mapping.Json;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is logged of calls as it waits in the outbox. */
final class CallPayloads {

    private CallPayloads() {}

    static byte[] of(CallOpening call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("interaction", call.interactionId());
        fields.put("direction", call.direction().name());
        fields.put("customer", call.customer().e164());
        fields.put("startedAt", call.startedAt().toString());
        fields.put("subject", call.subject());
        call.contact().ifPresent(ref -> fields.put("contact", fields(ref)));
        call.ticket().ifPresent(ref -> fields.put("ticket", fields(ref)));
        return Json.write(fields);
    }

    static byte[] of(String interactionId, CallSummary summary) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("interaction", interactionId);
        summary.endedAt().ifPresent(time -> fields.put("endedAt", time.toString()));
        summary.talked().ifPresent(time -> fields.put("talked", time.toString()));
        summary.disposition().ifPresent(text -> fields.put("disposition", text));
        summary.notes().ifPresent(text -> fields.put("notes", text));
        summary.transcript().ifPresent(text -> fields.put("transcript", text));
        summary.recording().ifPresent(url -> fields.put("recording", url.toString()));
        summary.contact().ifPresent(ref -> fields.put("contact", fields(ref)));
        summary.ticket().ifPresent(ref -> fields.put("ticket", fields(ref)));
        return Json.write(fields);
    }

    static String interaction(OutboxEntry entry) {
        return text(Json.object(entry.payload()), "interaction");
    }

    static CallOpening opening(OutboxEntry entry) {
        Map<String, @Nullable Object> fields = Json.object(entry.payload());
        CallOpening call = CallOpening.of(
                        text(fields, "interaction"),
                        CallDirection.valueOf(text(fields, "direction")),
                        PhoneNumber.parse(text(fields, "customer")),
                        Instant.parse(text(fields, "startedAt")))
                .subject(text(fields, "subject"));
        call = ref(fields, "contact").map(call::contact).orElse(call);
        return ref(fields, "ticket").map(call::ticket).orElse(call);
    }

    static CallSummary summary(OutboxEntry entry) {
        Map<String, @Nullable Object> fields = Json.object(entry.payload());
        CallSummary.Builder summary = CallSummary.builder();
        given(fields, "endedAt", text -> summary.endedAt(Instant.parse(text)));
        given(fields, "talked", text -> summary.talked(Duration.parse(text)));
        given(fields, "disposition", summary::disposition);
        given(fields, "notes", summary::notes);
        given(fields, "transcript", summary::transcript);
        given(fields, "recording", text -> summary.recording(URI.create(text)));
        ref(fields, "contact").ifPresent(summary::contact);
        ref(fields, "ticket").ifPresent(summary::ticket);
        return summary.build();
    }

    private static Map<String, @Nullable Object> fields(RecordRef ref) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("connection", ref.connection());
        fields.put("type", ref.type());
        fields.put("id", ref.id());
        if (ref.link() != null) {
            fields.put("link", ref.link());
        }
        return fields;
    }

    private static Optional<RecordRef> ref(Map<String, @Nullable Object> fields, String name) {
        if (!(fields.get(name) instanceof Map<?, ?> ref)) {
            return Optional.empty();
        }
        String link = ref.get("link") instanceof String url ? url : null;
        return Optional.of(new RecordRef(
                String.valueOf(ref.get("connection")),
                String.valueOf(ref.get("type")),
                String.valueOf(ref.get("id")),
                link));
    }

    private static void given(Map<String, @Nullable Object> fields, String name, Consumer<String> use) {
        if (fields.get(name) instanceof String text) {
            use.accept(text);
        }
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }
}
