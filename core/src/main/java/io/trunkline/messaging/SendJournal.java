package io.trunkline.messaging;

import io.trunkline.event.DeliveryStatus;
import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has sent, by the host's references, so that a message goes out at most once: a reference is claimed
 * before its message leaves, and kept for a week. A connector asks it first and tells it afterwards. Thread-safe.
 */
public final class SendJournal {

    private static final Duration KEPT = Duration.ofDays(7);

    private final Values references;
    private final Values owners;
    private final String connection;
    private final TimeSource time;

    /** The journal of a connection. */
    public SendJournal(String connection, Store store, TimeSource time) {
        this.references = store.values("sent-references");
        this.owners = store.values("sent-messages");
        this.connection = connection;
        this.time = time;
    }

    /**
     * Claims a reference.
     *
     * @return empty if the message may be sent now; otherwise what became of the earlier send
     */
    public Optional<SendOutcome> begin(String reference) {
        byte[] started = Json.write(Map.of("at", time.now().toString()));
        if (references.claim(key(reference), started, expiry())) {
            return Optional.empty();
        }
        Optional<SendOutcome> accepted = accepted(reference).map(outcome -> outcome);
        return accepted.or(() -> Optional.of(
                new SendOutcome.Unknown(reference, "a send of this reference has begun and its end is not known")));
    }

    /** Notes what became of a claimed reference. One that was provably not sent is free again. */
    public SendOutcome ended(String reference, SendOutcome outcome) {
        Optional<Versioned> before = references.get(key(reference));
        if (outcome instanceof SendOutcome.Accepted accepted) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("at", startedAt(reference).orElse(time.now()).toString());
            entry.put("id", accepted.messageId());
            entry.put("status", accepted.status().name());
            references.put(
                    key(reference),
                    Json.write(entry),
                    before.map(Versioned::version).orElse(0L),
                    expiry());
            owners.claim(key(accepted.messageId()), Json.write(Map.of("reference", reference)), expiry());
        } else if (outcome.provablyUnsent()) {
            before.ifPresent(entry -> references.delete(key(reference), entry.version()));
        } else if (before.isPresent()) {
            Map<String, @Nullable Object> entry =
                    new LinkedHashMap<>(Json.object(before.get().value()));
            entry.putIfAbsent("ended", time.now().toString());
            references.put(key(reference), Json.write(entry), before.get().version(), expiry());
        }
        return outcome;
    }

    /** The acceptance of a reference, where the platform has taken its message for certain. */
    public Optional<SendOutcome.Accepted> accepted(String reference) {
        Map<String, @Nullable Object> entry = entry(reference).orElse(Map.of());
        return entry.get("id") instanceof String id
                ? Optional.of(
                        new SendOutcome.Accepted(id, DeliveryStatus.valueOf(String.valueOf(entry.get("status"))), 0))
                : Optional.empty();
    }

    /** When the send of a reference ended here without a known outcome; empty while it may still be under way. */
    public Optional<Instant> endedAt(String reference) {
        return entry(reference).map(entry -> entry.get("ended")).map(ended -> Instant.parse(String.valueOf(ended)));
    }

    /** When the send of a reference began. */
    public Optional<Instant> startedAt(String reference) {
        return entry(reference).map(entry -> Instant.parse(String.valueOf(entry.get("at"))));
    }

    /** Whether a message of the platform is known to be another reference's. */
    public boolean ownedByAnother(String messageId, String reference) {
        return owners.get(key(messageId))
                .map(entry -> !reference.equals(Json.object(entry.value()).get("reference")))
                .orElse(false);
    }

    private Optional<Map<String, @Nullable Object>> entry(String reference) {
        return references.get(key(reference)).map(entry -> Json.object(entry.value()));
    }

    private Instant expiry() {
        return time.now().plus(KEPT);
    }

    private String key(String id) {
        return connection + "/" + id;
    }
}
