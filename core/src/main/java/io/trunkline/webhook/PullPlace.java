package io.trunkline.webhook;

import io.trunkline.mapping.Json;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream has been read.
 *
 * @param cursor where the next reading begins, or null at the very first
 * @param knownUntil all that happened before is read, or was told as a gap; null at the very first
 * @param complete whether the last reading came to the end
 * @param version what a change must name, so that of two readers from one place only one moves on
 */
record PullPlace(@Nullable String cursor, @Nullable Instant knownUntil, boolean complete, long version) {

    private static final String SPACE = "pull-places";

    static PullPlace of(Store store, String key) {
        return store.values(SPACE).get(key).map(PullPlace::read).orElse(new PullPlace(null, null, false, 0));
    }

    Optional<String> from() {
        return Optional.ofNullable(cursor);
    }

    Optional<Instant> known() {
        return Optional.ofNullable(knownUntil);
    }

    /** The place after a page that was asked for at a time; a page before the last proves nothing new to be known. */
    PullPlace after(PulledPage page, Instant asked) {
        Instant known = page.more() && knownUntil != null ? knownUntil : asked;
        return new PullPlace(page.next(), known, !page.more(), version);
    }

    PullPlace knownUntil(Instant until) {
        return new PullPlace(cursor, until, complete, version);
    }

    /** Moves on in a transaction that is under way, or undoes it. */
    void keep(Store inside, String key) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("cursor", cursor);
        entry.put("known", String.valueOf(knownUntil));
        entry.put("complete", complete);
        long expected = version == 0 ? Values.ABSENT : version;
        if (!inside.values(SPACE).put(key, Json.write(entry), expected, null)) {
            throw new IllegalStateException("another reader has moved the stream on");
        }
    }

    private static PullPlace read(Versioned stored) {
        Map<String, @Nullable Object> entry = Json.object(stored.value());
        return new PullPlace(
                String.valueOf(entry.get("cursor")),
                Instant.parse(String.valueOf(entry.get("known"))),
                Boolean.TRUE.equals(entry.get("complete")),
                stored.version());
    }
}
