package io.trunkline.crm.requesttracker;

import io.trunkline.error.ErrorKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which zone the platform reads the times of a query: that of the token's user, whatever zone the time names. Under
 * another zone than UTC a feed would lose hours, so it is tried out once, on the newest ticket.
 */
final class RequestTrackerZone {

    private volatile boolean utc;

    /** Refuses to go on under another zone. */
    void requireUtc(RequestTrackerRows rows) {
        if (utc) {
            return;
        }
        RequestTrackerQuery newest =
                RequestTrackerQuery.tickets("id > 0", "Created").newestFirst();
        Optional<Map<String, @Nullable Object>> ticket =
                rows.query(newest, Optional.empty()).items().stream().findFirst();
        if (ticket.isPresent()) {
            requireFound(rows, ticket.get());
            utc = true;
        }
    }

    private static void requireFound(RequestTrackerRows rows, Map<String, @Nullable Object> ticket) {
        Instant created = rows.desk().time(ticket.get("Created"));
        if (created == null) {
            throw rows.desk().broken("request-tracker.changes", null);
        }
        String time = TicketSql.time(created);
        String condition = "id = " + TicketSql.id(RequestTrackerRow.text(ticket, "id")) + " AND Created >= " + time
                + " AND Created <= " + time;
        if (rows.query(RequestTrackerQuery.tickets(condition, "Created"), Optional.empty())
                .items()
                .isEmpty()) {
            throw rows.desk()
                    .failed(
                            "request-tracker.changes",
                            ErrorKind.CONFIGURATION,
                            "the time zone of the token's user is not UTC; set it to UTC in the user's preferences");
        }
    }
}
