package io.trunkline.crm.requesttracker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search in the platform's query language.
 *
 * @param listing {@code tickets} or {@code transactions}
 * @param text the condition
 * @param fields what to give of each row
 * @param sorted the order
 * @param expanded what to give of the records that a field leads to, by field
 */
record RequestTrackerQuery(String listing, String text, String fields, Order sorted, Map<String, String> expanded) {

    /** What to order by, and the direction of each. */
    record Order(List<String> by, List<String> directions) {

        static Order ascending(String... by) {
            return new Order(List.of(by), Collections.nCopies(by.length, "ASC"));
        }

        static Order descending(String... by) {
            return new Order(List.of(by), Collections.nCopies(by.length, "DESC"));
        }
    }

    /** Tickets in the order of their numbers. */
    static RequestTrackerQuery tickets(String text, String fields) {
        return new RequestTrackerQuery("tickets", text, fields, Order.ascending("id"), Map.of());
    }

    /** Tickets with their people by number. */
    static RequestTrackerQuery people(String text) {
        return tickets(text, RequestTrackerMapper.TICKET)
                .expanding("Requestor", "id,Name")
                .expanding("Owner", "id,Name");
    }

    /** Transactions in the order of their numbers. */
    static RequestTrackerQuery transactions(String text, String fields) {
        return new RequestTrackerQuery("transactions", text, fields, Order.ascending("id"), Map.of());
    }

    /** The same, newest first. */
    RequestTrackerQuery newestFirst() {
        return new RequestTrackerQuery(listing, text, fields, Order.descending("Created", "id"), expanded);
    }

    /** The same in the order of a time, and of numbers where times are equal. */
    RequestTrackerQuery by(String time, String number) {
        return new RequestTrackerQuery(listing, text, fields, Order.ascending(time, number), expanded);
    }

    /** The same with some fields of the records that a field leads to. */
    RequestTrackerQuery expanding(String field, String its) {
        Map<String, String> all = new LinkedHashMap<>(expanded);
        all.put("fields[" + field + "]", its);
        return new RequestTrackerQuery(listing, text, fields, sorted, all);
    }
}
