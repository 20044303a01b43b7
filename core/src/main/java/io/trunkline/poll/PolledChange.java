package io.trunkline.poll;

import io.trunkline.event.EventHeader;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.sync.Change;
import io.trunkline.value.RecordRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A change as it waits in an inbox, and the event that it stands for. */
final class PolledChange {

    private static final int LARGEST = 1 << 20;

    private PolledChange() {}

    /** The same change gives the same bytes. One that no inbox holds is told without its fields, to be read again. */
    static byte[] bytes(Change change) {
        byte[] whole = bytes(change, change.fields());
        return whole.length > LARGEST ? bytes(change, Map.of()) : whole;
    }

    /**
     * The event. Its id holds a digest of the record, because a record may be changed twice in the smallest unit of the
     * platform's time.
     */
    static RecordChanged event(String connection, byte[] bytes) {
        Map<String, @Nullable Object> entry = Json.object(bytes);
        String type = String.valueOf(entry.get("type"));
        String id = String.valueOf(entry.get("id"));
        Instant at = instant(String.valueOf(entry.get("at")));
        String entity = type + "/" + id;
        EventHeader header = new EventHeader(
                connection, entity + "/" + at + "/" + digest(bytes), entity, at, at.toEpochMilli(), true);
        String url = entry.get("url") instanceof String text ? text : null;
        boolean deleted = Boolean.TRUE.equals(entry.get("deleted"));
        return new RecordChanged(
                header,
                new RecordRef(connection, type, id, url),
                deleted ? RecordChanged.Change.DELETED : RecordChanged.Change.SAVED,
                fields(entry.get("fields")));
    }

    private static byte[] bytes(Change change, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("type", change.ref().type());
        entry.put("id", change.ref().id());
        entry.put("url", change.ref().link());
        entry.put("deleted", change.deleted());
        entry.put("at", change.changedAt().toString());
        entry.put("fields", new TreeMap<>(fields));
        return Json.write(entry);
    }

    @SuppressWarnings("unchecked") // Objects of the dynamic form are maps with text keys.
    private static Map<String, @Nullable Object> fields(@Nullable Object value) {
        return value instanceof Map<?, ?> fields ? (Map<String, @Nullable Object>) fields : Map.of();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedDataException("a stored change has no time");
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
