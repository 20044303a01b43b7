package io.trunkline.crm.requesttracker;

import io.trunkline.sync.TimeCursor;
import java.time.Instant;

/**
 * The condition of what lies between a place in time and now. The platform takes {@code = time} for the whole day, so
 * equal times are asked for as not earlier.
 */
final class RequestTrackerSpan {

    private RequestTrackerSpan() {}

    /** After a place, by a time and a number where times are equal, and before an instant. */
    static String text(TimeCursor place, Instant settled, String time, String number) {
        String end = time + " < " + TicketSql.time(settled);
        if (place.seen().isEmpty()) {
            return end;
        }
        String last = TicketSql.id(place.seen().iterator().next());
        String begun = TicketSql.time(place.time());
        return "(" + time + " > " + begun + " OR (" + time + " >= " + begun + " AND " + number + " > " + last
                + ")) AND " + end;
    }
}
