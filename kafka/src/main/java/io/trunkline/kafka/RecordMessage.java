package io.trunkline.kafka;

import io.trunkline.mapping.Json;
import io.trunkline.sync.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as a message of a topic: its id is the key, so that the newest state wins and order holds; deleted, it is a
 * tombstone.
 *
 * @param key the record's id
 * @param fields the value; null for a deleted record
 * @param headers by the names of {@link TopicHeaders}
 */
record RecordMessage(String key, @Nullable Map<String, @Nullable Object> fields, Map<String, String> headers) {

    private static final int DIGEST = 16;

    /**
     * The message of a record.
     *
     * @throws UnfitRecordException if a value is nothing that a topic can hold
     */
    static RecordMessage of(Change change) throws UnfitRecordException {
        Map<String, @Nullable Object> fields = PlainValues.exact(change.fields());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TopicHeaders.IDEMPOTENCY_KEY, idempotencyKey(change, fields));
        headers.put(TopicHeaders.CONNECTION, change.ref().connection());
        headers.put(TopicHeaders.TYPE, change.ref().type());
        headers.put(TopicHeaders.CHANGED_AT, change.changedAt().toString());
        change.ref().url().ifPresent(url -> headers.put(TopicHeaders.URL, url.toString()));
        if (change.deleted() && !fields.isEmpty()) {
            headers.put(TopicHeaders.REPLACEMENT, new String(Json.write(fields), StandardCharsets.UTF_8));
        }
        return new RecordMessage(change.ref().id(), change.deleted() ? null : fields, headers);
    }

    /** The time alone would not do: a record may be changed twice in the smallest unit of the platform's time. */
    private static String idempotencyKey(Change change, Map<String, @Nullable Object> fields) {
        byte[] content = Json.write(List.of(change.deleted(), sorted(fields)));
        return String.join(
                "/",
                change.ref().connection(),
                change.ref().type(),
                change.ref().id(),
                change.changedAt().toString(),
                HexFormat.of().formatHex(digest(content), 0, DIGEST));
    }

    /** A platform may name the fields of the same state in another order. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            fields.forEach((name, field) -> sorted.put(String.valueOf(name), field == null ? null : sorted(field)));
            return sorted;
        }
        if (value instanceof List<?> items) {
            return items.stream()
                    .map(item -> item == null ? "null" : sorted(item))
                    .toList();
        }
        return value;
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
