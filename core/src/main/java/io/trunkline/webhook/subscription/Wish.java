package io.trunkline.webhook.subscription;

import io.trunkline.auth.Macs;
import io.trunkline.mapping.Json;
import io.trunkline.store.Versioned;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the application wants of one address and topic, and what was found of it at the platform.
 *
 * @param wanted false once it is to be removed
 * @param checkedAt when it was last seen at the platform, or null
 * @param grantedAt when its present term began, or null
 */
record Wish(
        URI address,
        String topic,
        boolean wanted,
        @Nullable Subscription found,
        @Nullable Instant checkedAt,
        @Nullable Instant grantedAt) {

    static Wish of(URI address, String topic, boolean wanted) {
        return new Wish(address, topic, wanted, null, null, null);
    }

    /** Names the same address and topic by the same key, whatever form the address is written in. */
    String key() {
        String text = CallbackAddress.of(address).text() + "\n" + topic;
        return HexFormat.of().formatHex(Macs.digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
    }

    boolean matches(Subscription other) {
        return topic.equals(other.topic()) && CallbackAddress.of(address).equals(CallbackAddress.of(other.address()));
    }

    Wish wanted(boolean value) {
        return new Wish(address, topic, value, found, checkedAt, grantedAt);
    }

    /** A term that is new to us is taken to begin now. */
    Wish found(Subscription seen, Instant now) {
        boolean known =
                found != null && found.id().equals(seen.id()) && found.expires().equals(seen.expires());
        return new Wish(address, topic, wanted, seen, now, known ? grantedAt : now);
    }

    Optional<Subscription> subscription() {
        return Optional.ofNullable(found);
    }

    /** Whether half of the term is over, so that many renewals may fail before it ends. */
    boolean renewalDue(Instant now) {
        if (found == null || found.expiresAt() == null || grantedAt == null) {
            return false;
        }
        Duration term = Duration.between(grantedAt, found.expiresAt());
        return !now.isBefore(grantedAt.plus(term.dividedBy(2)));
    }

    boolean checkDue(Instant now, Duration every) {
        return !wanted || checkedAt == null || !now.isBefore(checkedAt.plus(every)) || renewalDue(now);
    }

    byte[] bytes() {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("address", address.toString());
        entry.put("topic", topic);
        entry.put("wanted", wanted);
        entry.put("checked", text(checkedAt));
        entry.put("granted", text(grantedAt));
        entry.put("id", found == null ? null : found.id());
        entry.put("expires", found == null ? null : text(found.expiresAt()));
        return Json.write(entry);
    }

    static Wish read(Versioned stored) {
        Map<String, @Nullable Object> entry = Json.object(stored.value());
        URI address = URI.create(String.valueOf(entry.get("address")));
        String topic = String.valueOf(entry.get("topic"));
        Subscription found = entry.get("id") instanceof String id
                ? new Subscription(id, address, topic, instant(entry.get("expires")))
                : null;
        boolean wanted = Boolean.TRUE.equals(entry.get("wanted"));
        return new Wish(address, topic, wanted, found, instant(entry.get("checked")), instant(entry.get("granted")));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable Object text) {
        return text instanceof String value ? Instant.parse(value) : null;
    }
}
