package io.trunkline.kafka;

import io.trunkline.error.ConnectorException;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a task's slices in turn, each from its own cursor, on the caller's thread. Not thread-safe. */
final class FeedReader {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;

    private final ChangeFeed feed;
    private final SourceSettings settings;
    private final TimeSource time;
    private final List<Place> places = new ArrayList<>();

    /**
     * A reader.
     *
     * @param cursors how far slices have been read; one that is missing is read from the beginning
     */
    FeedReader(ChangeFeed feed, SourceSettings settings, Map<FeedSlice, SyncCursor> cursors, TimeSource time) {
        this.feed = feed;
        this.settings = settings;
        this.time = time;
        settings.slices().forEach(slice -> places.add(new Place(slice, cursors.get(slice), time.nanos())));
    }

    /**
     * A page of one slice.
     *
     * @param from where its reading began, empty for the very beginning
     */
    record SlicePage(FeedSlice slice, Optional<SyncCursor> from, ChangePage page) {

        /** Whether there is anything to keep. */
        boolean news() {
            return !page.changes().isEmpty() || !from.equals(Optional.of(page.next()));
        }
    }

    /**
     * Reads the slice that has waited longest, if it is due.
     *
     * @return empty if nothing is due
     * @throws ConnectorException if the platform fails; the slice then waits longer each time
     */
    Optional<SlicePage> read() {
        Place place = next();
        if (place == null || place.due - time.nanos() > 0) {
            return Optional.empty();
        }
        // Behind the others, so that of several that are due at once each has its turn.
        places.remove(place);
        places.add(place);
        Optional<SyncCursor> from = Optional.ofNullable(place.cursor);
        try {
            ChangePage page = place.in(feed).read(place.slice.type(), from, settings.pageSize());
            place.cursor = page.next();
            place.failures = 0;
            place.due =
                    time.nanos() + (page.more() ? 0 : settings.pollInterval().toNanos());
            return Optional.of(new SlicePage(place.slice, from, page));
        } catch (ConnectorException e) {
            place.failures++;
            place.due = time.nanos() + pause(e, place.failures).toNanos();
            throw e;
        }
    }

    /** How long nothing is due. */
    Duration pause() {
        Place place = next();
        return place == null ? LONGEST_PAUSE : Duration.ofNanos(Math.max(0, place.due - time.nanos()));
    }

    private @Nullable Place next() {
        return places.stream()
                .min(Comparator.comparingLong(place -> place.due - time.nanos()))
                .orElse(null);
    }

    private Duration pause(ConnectorException e, int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration own = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        Duration asked = e.context()
                .retryAt()
                .map(at -> Duration.between(time.now(), at))
                .orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    /** How far a slice is read and when it is due; changed by the reader alone. */
    private static final class Place {

        private final FeedSlice slice;
        private @Nullable ChangeFeed part;
        private @Nullable SyncCursor cursor;
        private long due;
        private int failures;

        Place(FeedSlice slice, @Nullable SyncCursor cursor, long due) {
            this.slice = Objects.requireNonNull(slice);
            this.cursor = cursor;
            this.due = due;
        }

        /** Asked for once, and only when it is read, because a feed may call its platform to tell its parts. */
        ChangeFeed in(ChangeFeed feed) {
            ChangeFeed found = part == null ? slice.in(feed) : part;
            part = found;
            return found;
        }
    }
}
