package io.trunkline.sync;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place in a platform's time: a time, and the ids already seen at exactly that time. Reading goes on <em>at</em> the
 * time, not after it, and leaves the seen ones out, so records that share a time are neither lost nor given twice.
 *
 * @param feed connection and type that it belongs to
 * @param time the latest time seen
 * @param seen ids given at exactly that time
 */
public record TimeCursor(String feed, Instant time, Set<String> seen) {

    private static final int FORMAT = 1;
    private static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(10);

    /** Keeps its own copy of the ids. */
    public TimeCursor {
        seen = Set.copyOf(seen);
    }

    /** The place before everything. */
    public static TimeCursor start(String feed) {
        return new TimeCursor(feed, Instant.EPOCH, Set.of());
    }

    /**
     * The place that a text names.
     *
     * @param cursor empty for the beginning
     * @param feed what it must belong to
     * @param now refuses places more than ten minutes ahead of it
     * @throws IllegalArgumentException saying what is wrong with the cursor
     */
    public static TimeCursor parse(Optional<SyncCursor> cursor, String feed, Instant now) {
        if (cursor.isEmpty()) {
            return start(feed);
        }
        TimeCursor place = read(cursor.get().text());
        if (!place.feed.equals(feed)) {
            throw new IllegalArgumentException("the cursor belongs to another feed");
        }
        if (place.time.isAfter(now.plus(FUTURE_TOLERANCE))) {
            throw new IllegalArgumentException("the cursor lies in the future");
        }
        return place;
    }

    /** The place after some records have been given, each with its id and time, in the order of time. */
    public TimeCursor after(List<Change> given) {
        Instant latest = time;
        Set<String> ids = new TreeSet<>(seen);
        for (Change change : given) {
            if (change.changedAt().isAfter(latest)) {
                latest = change.changedAt();
                ids.clear();
            }
            if (change.changedAt().equals(latest)) {
                ids.add(change.ref().id());
            }
        }
        return new TimeCursor(feed, latest, ids);
    }

    /** Whether a record was given already. */
    public boolean gave(String id, Instant at) {
        return at.isBefore(time) || (at.equals(time) && seen.contains(id));
    }

    /** The cursor's text. */
    public SyncCursor text() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("v", FORMAT);
        document.put("feed", feed);
        document.put("time", time.toString());
        document.put("seen", List.copyOf(new TreeSet<>(seen)));
        return new SyncCursor(new String(Json.write(document), StandardCharsets.UTF_8));
    }

    private static TimeCursor read(String text) {
        try {
            Map<String, @Nullable Object> document = Json.object(text.getBytes(StandardCharsets.UTF_8));
            if (!Long.valueOf(FORMAT).equals(document.get("v")) || !(document.get("seen") instanceof List<?> seen)) {
                throw new IllegalArgumentException("the cursor is of another version of the library");
            }
            Set<String> ids = seen.stream().map(String::valueOf).collect(Collectors.toSet());
            return new TimeCursor(
                    String.valueOf(document.get("feed")), Instant.parse(String.valueOf(document.get("time"))), ids);
        } catch (MalformedDataException | DateTimeException e) {
            throw new IllegalArgumentException("the cursor is not one of this library's");
        }
    }
}
