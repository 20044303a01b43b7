package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.GapFound;
import io.trunkline.mapping.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gaps of a source as they wait in the inbox, beside its items. */
record PullGaps(PullSource source) {

    /** The gap before what the platform still gives now, if it does not reach back to what is known. */
    Optional<GapFound> before(String stream, PullPlace place, Instant now) {
        return source.reach()
                .flatMap(reach -> place.known()
                        .filter(known -> known.isBefore(now.minus(reach)))
                        .map(known -> gap(stream, known, now.minus(reach))));
    }

    GapFound gap(String stream, Instant from, Instant until) {
        String id = "gap/" + source.name() + "/" + stream + "/" + from;
        EventHeader header =
                new EventHeader(source.connection(), id, "gap/" + source.name() + "/" + stream, until, null);
        return new GapFound(header, source.name(), stream, from, until);
    }

    static byte[] bytes(GapFound gap) {
        return Json.write(Map.of(
                "stream", gap.stream(),
                "from", gap.from().toString(),
                "until", gap.until().toString()));
    }

    Event read(byte[] stored) {
        Map<String, @Nullable Object> entry = Json.object(stored);
        return gap(String.valueOf(entry.get("stream")), instant(entry, "from"), instant(entry, "until"));
    }

    private static Instant instant(Map<String, @Nullable Object> entry, String name) {
        return Instant.parse(String.valueOf(entry.get(name)));
    }
}
