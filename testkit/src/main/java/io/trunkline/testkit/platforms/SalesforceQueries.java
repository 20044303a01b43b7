package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The reading half of the fake org: queries with pages, search, describe. */
final class SalesforceQueries {

    private final Map<String, Map<String, Map<String, Object>>> rows;
    private final Map<String, List<Map<String, Object>>> cursors = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final SalesforceTypes types;
    private volatile int pageSize = 2_000;
    private volatile List<String> literals = List.of();

    SalesforceQueries(Map<String, Map<String, Map<String, Object>>> rows, SalesforceTypes types) {
        this.rows = rows;
        this.types = types;
    }

    void pageSize(int rowsAPage) {
        this.pageSize = rowsAPage;
    }

    /** The text literals of the last query or search, as the platform reads them. */
    List<String> literals() {
        return literals;
    }

    FakeReply query(FakeRequest request, boolean deletedToo) {
        return answer(request, query -> pages(new SoqlRows(rows).select(query.text(), deletedToo, query.literals())));
    }

    private record Query(String text, List<String> literals) {}

    private FakeReply answer(FakeRequest request, Function<Query, FakeReply> read) {
        String text = request.query("q").orElseThrow();
        List<String> met = new ArrayList<>();
        try {
            List<String> asked = SoqlRows.asked(text);
            FakeReply answer = read.apply(new Query(text, met));
            literals = List.copyOf(met);
            int last = asked.size() - 1;
            return types.have(asked.get(last), asked.subList(0, last))
                    ? answer
                    : FakeSalesforce.error(400, "INVALID_FIELD", "No such column on entity");
        } catch (IllegalArgumentException e) {
            literals = List.of();
            return FakeSalesforce.error(400, "MALFORMED_QUERY", "unexpected token");
        }
    }

    private FakeReply pages(List<Map<String, Object>> found) {
        if (found.size() <= pageSize) {
            return FakeReply.json(200, Map.of("totalSize", found.size(), "done", true, "records", found));
        }
        String locator = "01g" + ids.incrementAndGet() + "-" + pageSize;
        cursors.put(locator, found.subList(pageSize, found.size()));
        return FakeReply.json(
                200,
                Map.of(
                        "totalSize",
                        found.size(),
                        "done",
                        false,
                        "nextRecordsUrl",
                        "/services/data/v66.0/query/" + locator,
                        "records",
                        found.subList(0, pageSize)));
    }

    FakeReply page(String locator) {
        return pages(cursors.getOrDefault(locator, List.of()));
    }

    FakeReply search(FakeRequest request) {
        return answer(
                request,
                query -> FakeReply.json(
                        200, Map.of("searchRecords", new SoqlRows(rows).search(query.text(), query.literals()))));
    }

    FakeReply describe(String type) {
        if (!FakeSalesforce.TYPES.contains(type)) {
            return FakeSalesforce.error(404, "NOT_FOUND", "The requested resource does not exist");
        }
        List<Map<String, Object>> tiers =
                List.of(Map.of("value", "Gold", "active", true), Map.of("value", "Old", "active", false));
        return FakeReply.json(
                200,
                Map.of(
                        "fields",
                        List.of(
                                field("LastName", "Last Name", "string", List.of()),
                                field("Tier__c", "Tier", "picklist", tiers))));
    }

    private static Map<String, Object> field(String name, String label, String type, List<?> choices) {
        return Map.of(
                "name", name,
                "label", label,
                "type", type,
                "custom", name.endsWith("__c"),
                "updateable", true,
                "picklistValues", choices);
    }
}
