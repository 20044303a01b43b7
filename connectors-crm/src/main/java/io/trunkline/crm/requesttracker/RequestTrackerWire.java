package io.trunkline.crm.requesttracker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's JSON. Rows stay maps, because their fields are the request's and the desk's own. */
final class RequestTrackerWire {

    private RequestTrackerWire() {}

    /** The server itself. */
    public record Server(@Nullable String Version) {}

    /** A page of a listing. */
    public record Rows(
            @Nullable List<Map<String, @Nullable Object>> items,
            @Nullable String next_page) {

        List<Map<String, @Nullable Object>> rows() {
            return items == null ? List.of() : items;
        }
    }

    /** The answer to a creation. */
    public record Saved(@Nullable String id) {}

    /** A file with its bytes in base64. */
    public record Content(@Nullable String Content) {}

    /** A queue, as far as its custom fields go. */
    public record Queue(@Nullable String Name, @Nullable List<Named> TicketCustomFields) {}

    /** A reference to a custom field. */
    public record Named(@Nullable String id, @Nullable String name) {}

    /** A custom field. */
    public record Field(
            @Nullable String Name,
            @Nullable String Description,
            @Nullable String Type,
            @Nullable List<String> Values) {

        /** Whether it takes one of its own values and no other. */
        boolean closed() {
            return "Select".equals(Type) && Values != null;
        }

        List<String> choices() {
            return Values == null ? List.of() : Values;
        }
    }

    /** A condition of a search that takes no query language; those on one field are alternatives. */
    public record Condition(
            String field,
            String operator,
            String value,
            @Nullable String entry_aggregator) {

        static Condition is(String field, String value) {
            return new Condition(field, "=", value, null);
        }

        static Condition like(String field, String value) {
            return new Condition(field, "LIKE", value, null);
        }

        /** One of two ends of a range. Without the word the platform joins conditions on one field by OR. */
        static Condition bound(String field, String operator, String value) {
            return new Condition(field, operator, value, "AND");
        }
    }
}
