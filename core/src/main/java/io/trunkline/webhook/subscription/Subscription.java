package io.trunkline.webhook.subscription;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The platform's promise to call an address.
 *
 * @param id the platform's id of it
 * @param address where it calls
 * @param topic what about, in the platform's own words
 * @param expiresAt when the promise ends, or null for never
 */
public record Subscription(
        String id, URI address, String topic, @Nullable Instant expiresAt) {

    /** When the promise ends; empty for never. */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expiresAt);
    }

    /** Id and topic: the address may hold a token. */
    @Override
    public String toString() {
        return "Subscription[" + id + " " + topic + "]";
    }
}
