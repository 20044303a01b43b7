package io.trunkline.crm.requesttracker;

import io.trunkline.error.ErrorKind;
import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import io.trunkline.mapping.Json;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.TimeCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.webhook.PullSource;
import io.trunkline.webhook.PulledPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of tickets, read on from a cursor: what makes good the webhooks that the platform sends once and never
 * again. An item gives the same event under the same id as the webhook of its transaction, so whichever comes second is
 * taken for a repetition.
 */
final class RequestTrackerTransactions implements PullSource {

    private static final String STREAM = "tickets";

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;
    private final RequestTrackerEvents events;

    RequestTrackerTransactions(RequestTrackerDesk desk) {
        this.desk = desk;
        this.rows = new RequestTrackerRows(desk, CallOptions.bulk());
        this.events = new RequestTrackerEvents(desk);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public String name() {
        return "request-tracker-transactions";
    }

    @Override
    public Set<String> streams() {
        return Set.of(STREAM);
    }

    @Override
    public PulledPage pull(String stream, Optional<String> cursor, Optional<NewsWaiting> news) {
        TimeCursor place = place(cursor);
        desk.zone().requireUtc(rows);
        Instant settled = desk.runtime().time().now().minus(desk.settings().get(RequestTracker.COMMIT_TIME));
        RequestTrackerQuery query = RequestTrackerQuery.transactions(
                        "ObjectType = 'RT::Ticket' AND " + RequestTrackerSpan.text(place, settled, "Created", "id"),
                        "ObjectId,Created,Type,Field,NewValue")
                .by("Created", "id");
        Page<Map<String, @Nullable Object>> page = rows.query(query, Optional.empty());
        List<byte[]> items = new ArrayList<>();
        TimeCursor reached = place;
        for (Map<String, @Nullable Object> row : page.items()) {
            Instant created = desk.time(row.get("Created"));
            if (created == null) {
                throw desk.broken("request-tracker.transactions", null);
            }
            reached = new TimeCursor(place.feed(), created, Set.of(RequestTrackerRow.text(row, "id")));
            if (events.tells(RequestTrackerRow.text(row, "Type"))) {
                items.add(Json.write(events.item(row)));
            }
        }
        return new PulledPage(
                items,
                reached.text().text(),
                page.cursor() != null && !page.items().isEmpty());
    }

    @Override
    public List<Event> decode(byte[] item) {
        return List.of(events.event(Json.object(item)));
    }

    private TimeCursor place(Optional<String> cursor) {
        try {
            return TimeCursor.parse(
                    cursor.map(SyncCursor::new),
                    desk.connection() + "/" + STREAM,
                    desk.runtime().time().now());
        } catch (IllegalArgumentException e) {
            throw desk.failed(
                    "request-tracker.transactions", ErrorKind.INVALID_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
