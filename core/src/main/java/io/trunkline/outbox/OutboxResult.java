package io.trunkline.outbox;

import java.time.Instant;

/** What has become of a write. */
public sealed interface OutboxResult {

    /** It waits or is being made. */
    record Pending(Instant since) implements OutboxResult {}

    /** It was made: the platform's id of it, empty if there is none. */
    record Done(String platformId, Instant at) implements OutboxResult {}

    /** It was put aside for a person, or dropped by one: the reason, without personal data. */
    record Dead(String reason, Instant at) implements OutboxResult {}
}
