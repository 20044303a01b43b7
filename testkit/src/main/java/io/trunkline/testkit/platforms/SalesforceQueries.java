package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The reading half of the fake org: queries with pages, search, describe. */
final class SalesforceQueries {

    private final Map<String, Map<String, Map<String, Object>>> rows;
    private final Map<String, List<Map<String, Object>>> cursors = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile int pageSize = 2_000;

    SalesforceQueries(Map<String, Map<String, Map<String, Object>>> rows) {
        this.rows = rows;
    }

    void pageSize(int rowsAPage) {
        this.pageSize = rowsAPage;
    }

    FakeReply query(FakeRequest request, boolean deletedToo) {
        List<Map<String, Object>> found =
                new SoqlRows(rows).select(request.query("q").orElseThrow(), deletedToo);
        return found == null ? FakeSalesforce.error(400, "MALFORMED_QUERY", "unexpected token") : pages(found);
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
        String sosl = request.query("q").orElseThrow();
        String term = sosl.replaceAll("^FIND \\{(.*)} IN ALL.*$", "$1").replaceAll("\\\\(.)", "$1");
        String type = sosl.replaceAll(".*RETURNING (\\w+)\\(.*", "$1");
        List<Map<String, Object>> found = rows.getOrDefault(type, Map.of()).values().stream()
                .filter(row -> row.values().stream()
                        .anyMatch(value -> String.valueOf(value).contains(term)))
                .toList();
        return FakeReply.json(200, Map.of("searchRecords", found));
    }

    FakeReply describe() {
        return FakeReply.json(
                200,
                Map.of(
                        "fields",
                        List.of(
                                Map.of(
                                        "name",
                                        "LastName",
                                        "label",
                                        "Last Name",
                                        "type",
                                        "string",
                                        "custom",
                                        false,
                                        "updateable",
                                        true,
                                        "picklistValues",
                                        List.of()),
                                Map.of(
                                        "name",
                                        "Tier__c",
                                        "label",
                                        "Tier",
                                        "type",
                                        "picklist",
                                        "custom",
                                        true,
                                        "updateable",
                                        true,
                                        "picklistValues",
                                        List.of(
                                                Map.of("value", "Gold", "active", true),
                                                Map.of("value", "Old", "active", false))))));
    }
}
