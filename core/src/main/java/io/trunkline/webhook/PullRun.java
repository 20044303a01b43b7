package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.event.GapFound;
import io.trunkline.event.NewsWaiting;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One reading of a stream to its end, page by page, under a lease that its maker holds. */
final class PullRun {

    private static final MaskedLog LOG = MaskedLog.of(Puller.class);

    /** An item with the events that were read from it; empty if it cannot be read. */
    private record Arrival(StoredWebhook item, byte[] content, Optional<List<Event>> events) {}

    private final PullSource source;
    private final Store store;
    private final TimeSource time;
    private final String key;
    private final WebhookInbox inbox;
    private final PullGaps gaps;
    private boolean begun;
    private boolean more = true;

    PullRun(PullSource source, Store store, TimeSource time, String key) {
        this.source = source;
        this.store = store;
        this.time = time;
        this.key = key;
        this.inbox = new WebhookInbox(source.connection(), store, time);
        this.gaps = new PullGaps(source);
    }

    boolean more() {
        return more;
    }

    /** Reads one page from where the store says and keeps it; returns how much of it was new. */
    int page(String stream, Optional<NewsWaiting> news) {
        PullPlace place = PullPlace.of(store, key);
        Instant asked = time.now();
        // Once a reading: while a long backlog is read, what has not been read is no gap yet.
        Optional<GapFound> gap = begun ? Optional.empty() : gaps.before(stream, place, asked);
        PulledPage page;
        try {
            page = source.pull(stream, place.from(), news);
        } catch (CursorExpiredException e) {
            gap = place.known().map(known -> gaps.gap(stream, known, asked));
            page = source.pull(stream, Optional.empty(), news);
        }
        if (page.more() && place.from().equals(Optional.of(page.next()))) {
            throw new IllegalStateException("the source goes in a circle: it promises more and does not move on");
        }
        int kept = keep(place, page, asked, gap);
        begun = true;
        more = page.more();
        return kept;
    }

    private int keep(PullPlace place, PulledPage page, Instant asked, Optional<GapFound> gap) {
        PullPlace bridged = gap.map(found -> place.knownUntil(found.until())).orElse(place);
        PullPlace next = bridged.after(page, asked);
        List<Arrival> arrivals =
                page.items().stream().map(item -> arrival(item, asked)).toList();
        int kept = store.atomically(inside -> {
            // The place comes first: whoever has read from the same one waits here and is then refused.
            next.keep(inside, key);
            gap.ifPresent(found -> keep(inside, found, asked));
            return arrivals.stream().mapToInt(each -> keep(inside, each)).sum();
        });
        gap.ifPresent(found -> LOG.warn(
                "{} gave nothing by {} of what happened from {} to {}; it may be lost",
                source.connection(),
                source.name(),
                found.from(),
                found.until()));
        return kept;
    }

    private Arrival arrival(byte[] item, Instant at) {
        StoredWebhook stored = StoredWebhook.pulled(source.name(), item, at);
        try {
            return new Arrival(stored, source.content(item), Optional.of(source.decode(item)));
        } catch (RuntimeException e) {
            return new Arrival(stored, item, Optional.empty());
        }
    }

    private int keep(Store inside, Arrival arrival) {
        return arrival.events()
                .map(events -> inbox.keep(inside, arrival.item(), arrival.content(), new ArrayList<>(events)))
                .orElseGet(() -> inbox.keepUnread(inside, arrival.item()));
    }

    private void keep(Store inside, GapFound gap, Instant at) {
        StoredWebhook stored = StoredWebhook.pulled(source.name() + Puller.GAPS, PullGaps.bytes(gap), at);
        inbox.keep(inside, stored, PullGaps.bytes(gap), List.of(gap));
    }
}
