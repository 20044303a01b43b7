package io.trunkline.crm.requesttracker;

import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.KeyLease;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls into a desk, made with one client's options: rows out, page by page. */
final class RequestTrackerRows {

    /** The most rows that the platform gives at once, whatever is asked for. */
    static final int PAGE = 100;

    private static final int MOST_PAGES = 100;
    private static final Pattern PAGE_NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final RequestTrackerDesk desk;
    private final CallOptions options;

    RequestTrackerRows(RequestTrackerDesk desk, CallOptions options) {
        this.desk = desk;
        this.options = options;
    }

    RequestTrackerDesk desk() {
        return desk;
    }

    RequestTrackerApi api() {
        return desk.api();
    }

    CallOptions options() {
        return options;
    }

    /** A view whose calls share one end: what a caller asks for in one go takes no longer for being several calls. */
    RequestTrackerRows together() {
        return new RequestTrackerRows(desk, options.deadline(end()));
    }

    /** The right to look up and create under a key, until this view's calls end. */
    KeyLease lease(String key) {
        return KeyLease.take(desk.runtime(), "request-tracker.create", key, end());
    }

    private Deadline end() {
        return CommonSettings.end(desk.settings(), desk.runtime(), options);
    }

    /** A page of tickets or transactions by the query language; the cursor is the next page's number. */
    Page<Map<String, @Nullable Object>> query(RequestTrackerQuery query, Optional<String> cursor) {
        int number = number(cursor);
        Map<String, String> page = page(query.fields(), number);
        page.putAll(query.expanded());
        RequestTrackerQuery.Order order = query.sorted();
        RequestTrackerWire.Rows answer = api().query(
                        query.listing(), query.text(), order.by(), order.directions(), page)
                .execute(options);
        return page(answer, number);
    }

    /** A page of a listing by conditions, in the order of the records' numbers. */
    Page<Map<String, @Nullable Object>> find(
            String listing, String fields, List<RequestTrackerWire.Condition> conditions, Optional<String> cursor) {
        int number = number(cursor);
        RequestTrackerWire.Rows answer = api().find(listing, List.of("id"), page(fields, number), conditions)
                .execute(options);
        return page(answer, number);
    }

    /** All rows of a listing that is short by its nature. */
    List<Map<String, @Nullable Object>> all(
            String listing, String fields, List<RequestTrackerWire.Condition> conditions) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        String cursor = null;
        for (int pages = 0; pages == 0 || cursor != null; pages++) {
            if (pages == MOST_PAGES) {
                throw desk.failed("request-tracker.find", ErrorKind.PROTOCOL, "the listing does not end");
            }
            Page<Map<String, @Nullable Object>> page = find(listing, fields, conditions, Optional.ofNullable(cursor));
            all.addAll(page.items());
            cursor = page.cursor();
        }
        return all;
    }

    /** A user as the platform has it, disabled ones among them. */
    Optional<RequestTrackerVersioned> user(String name) {
        try {
            return Optional.of(RequestTrackerVersioned.of(api().user(name).exchange(options)));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** A ticket as the platform has it; one that was merged is given as the one that it was merged into. */
    Optional<RequestTrackerVersioned> ticket(String id) {
        try {
            return Optional.of(RequestTrackerVersioned.of(api().ticket(id).exchange(options)));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static Page<Map<String, @Nullable Object>> page(RequestTrackerWire.Rows answer, int number) {
        return new Page<>(answer.rows(), answer.next_page() == null ? null : String.valueOf(number + 1));
    }

    private static Map<String, String> page(String fields, int number) {
        Map<String, String> page = new LinkedHashMap<>();
        page.put("fields", fields);
        page.put("per_page", String.valueOf(PAGE));
        page.put("page", String.valueOf(number));
        return page;
    }

    private static int number(Optional<String> cursor) {
        return cursor.map(text -> {
                    if (!PAGE_NUMBER.matcher(text).matches()) {
                        throw new IllegalArgumentException("cursor must be one that this listing has given");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(1);
    }
}
