package io.trunkline.outbox;

import io.trunkline.auth.Macs;
import io.trunkline.mapping.Json;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one write under its key, as it is kept.
 *
 * @param content a digest of what it says
 * @param result what has become of it
 * @param begun when a write was begun whose end is not known; null if there is none
 * @param item which dead letter it is, if it was put aside
 * @param version the version that a change must name
 */
record OutboxRecord(
        String content, OutboxResult result, @Nullable Instant begun, long item, long version) {

    private static final String PENDING = "PENDING";
    private static final String DONE = "DONE";
    private static final String DEAD = "DEAD";

    static OutboxRecord fresh(OutboxEntry entry, Instant now) {
        return new OutboxRecord(digest(entry), new OutboxResult.Pending(now), null, 0, Values.ABSENT);
    }

    /** Of a write that was put aside so long ago that nobody remembers: it may have been made. */
    static OutboxRecord forgotten(OutboxEntry entry, QueueItem item, Instant now) {
        return new OutboxRecord(digest(entry), new OutboxResult.Pending(now), item.addedAt(), 0, Values.ABSENT);
    }

    OutboxRecord begun(@Nullable Instant at) {
        return new OutboxRecord(content, result, at, item, version);
    }

    OutboxRecord pending(Instant now) {
        return new OutboxRecord(content, new OutboxResult.Pending(now), begun, 0, version);
    }

    OutboxRecord done(String platformId, Instant now) {
        return new OutboxRecord(content, new OutboxResult.Done(platformId, now), null, 0, version);
    }

    OutboxRecord dead(String reason, Instant now, long deadLetter) {
        return new OutboxRecord(content, new OutboxResult.Dead(reason, now), begun, deadLetter, version);
    }

    OutboxRecord kept() {
        return new OutboxRecord(content, result, begun, item, version + 1);
    }

    static String digest(OutboxEntry entry) {
        long validity = entry.validFor().map(Duration::toMillis).orElse(0L);
        String head = entry.kind() + "\n" + entry.entity() + "\n" + validity + "\n";
        return HexFormat.of().formatHex(Macs.digest("SHA-256", head.getBytes(StandardCharsets.UTF_8), entry.payload()));
    }

    byte[] bytes() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("content", content);
        if (result instanceof OutboxResult.Done done) {
            fill(fields, DONE, done.at(), done.platformId());
        } else if (result instanceof OutboxResult.Dead dead) {
            fill(fields, DEAD, dead.at(), dead.reason());
        } else if (result instanceof OutboxResult.Pending pending) {
            fill(fields, PENDING, pending.since(), "");
        }
        fields.put("begun", begun == null ? null : begun.toString());
        fields.put("item", item);
        return Json.write(fields);
    }

    static OutboxRecord of(Versioned stored) {
        Map<String, @Nullable Object> fields = Json.object(stored.value());
        Instant at = Instant.parse(text(fields, "at"));
        String told = text(fields, "told");
        OutboxResult result = switch (text(fields, "state")) {
            case DONE -> new OutboxResult.Done(told, at);
            case DEAD -> new OutboxResult.Dead(told, at);
            default -> new OutboxResult.Pending(at);
        };
        Instant begun = fields.get("begun") instanceof String text ? Instant.parse(text) : null;
        long item = fields.get("item") instanceof Long id ? id : 0;
        return new OutboxRecord(text(fields, "content"), result, begun, item, stored.version());
    }

    private static void fill(Map<String, @Nullable Object> fields, String state, Instant at, String told) {
        fields.put("state", state);
        fields.put("at", at.toString());
        fields.put("told", told);
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }
}
