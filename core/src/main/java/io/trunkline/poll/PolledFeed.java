package io.trunkline.poll;

import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.PullSource;
import io.trunkline.webhook.PulledPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change feed as a source of events: each change becomes a {@link io.trunkline.event.RecordChanged} whose header says
 * that it is virtual. Its streams are types of record. Deletions are told where the feed tells them. Thread-safe.
 */
public final class PolledFeed implements PullSource {

    private static final int PAGE = 500;

    /** How far the platform's clock may be behind ours: what was changed just before the beginning is told, too. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ChangeFeed feed;
    private final Set<String> types;
    private final Optional<TimeSource> beginning;

    private PolledFeed(ChangeFeed feed, Set<String> types, Optional<TimeSource> beginning) {
        this.feed = feed;
        this.types = Set.copyOf(types);
        this.beginning = beginning;
    }

    /**
     * Tells what is changed from the first reading on, not what is there already.
     *
     * @param types of {@link ChangeFeed#types()}
     * @throws IllegalArgumentException if the feed does not offer a type
     */
    public static PolledFeed fromNow(ChangeFeed feed, Set<String> types, TimeSource time) {
        return checked(feed, types, Optional.of(time));
    }

    /**
     * Tells all that is there first, and then what is changed.
     *
     * @param types of {@link ChangeFeed#types()}
     * @throws IllegalArgumentException if the feed does not offer a type
     */
    public static PolledFeed withAllThereIs(ChangeFeed feed, Set<String> types) {
        return checked(feed, types, Optional.empty());
    }

    @Override
    public String connection() {
        return feed.connection();
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Set<String> streams() {
        return types;
    }

    @Override
    public PulledPage pull(String stream, Optional<String> cursor, Optional<NewsWaiting> news) {
        PollCursor from = cursor.map(PollCursor::parse)
                .orElseGet(() -> beginning
                        .map(time -> PollCursor.skipping(time.now().minus(SKEW)))
                        .orElseGet(PollCursor::telling));
        ChangePage page =
                feed.with(CallOptions.bulk()).read(stream, from.place().map(SyncCursor::new), PAGE);
        Instant since = from.since();
        List<byte[]> items = page.changes().stream()
                .filter(change -> !change.changedAt().isBefore(since))
                .map(PolledChange::bytes)
                .toList();
        return new PulledPage(items, from.after(page).text(), page.more());
    }

    @Override
    public List<Event> decode(byte[] item) {
        return List.of(PolledChange.event(connection(), item));
    }

    private static PolledFeed checked(ChangeFeed feed, Set<String> types, Optional<TimeSource> beginning) {
        if (!feed.types().containsAll(types)) {
            throw new IllegalArgumentException("the feed of " + feed.connection() + " offers only " + feed.types());
        }
        return new PolledFeed(feed, types, beginning);
    }
}
