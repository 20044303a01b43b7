package io.trunkline.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A small business system on this machine: records of any type, found by any field. */
final class MiniPlatform {

    final FakePlatform http = FakePlatform.start();
    final Map<String, Map<String, Object>> records = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger(100_000);

    MiniPlatform() {
        http.on("GET", "/me", request -> FakeReply.json(200, Map.of("name", "mini")));
        http.on("GET", "/describe/([a-z]+)", request -> describe(request.captured(0)));
        http.on(
                "POST",
                "/([a-z]+)",
                request -> FakeReply.json(201, Map.of("id", enter(request.captured(0), request.json()))));
        http.on("GET", "/([a-z]+)", this::found);
        http.on("GET", "/([a-z]+)/([^/]+)", request -> one(request.captured(1)));
        http.on("PATCH", "/([a-z]+)/([^/]+)", this::changed);
    }

    String enter(String type, Map<String, Object> fields) {
        String id = String.valueOf(ids.incrementAndGet());
        Map<String, Object> row = new LinkedHashMap<>(fields);
        row.put("id", id);
        row.put("type", type);
        row.put("version", "1");
        row.putIfAbsent("at", Instant.EPOCH.toString());
        records.put(id, row);
        return id;
    }

    long count(String type) {
        return records.values().stream()
                .filter(row -> type.equals(row.get("type")))
                .count();
    }

    private static FakeReply describe(String type) {
        return type.equals("nonsense")
                ? FakeReply.json(404, Map.of())
                : FakeReply.json(200, Map.of("fields", List.of("subject", "status")));
    }

    private FakeReply found(FakeRequest request) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> row : records.values()) {
            boolean fits = request.queryAll().entrySet().stream()
                    .allMatch(asked -> asked.getValue().contains(String.valueOf(row.get(asked.getKey()))));
            if (fits && request.captured(0).equals(row.get("type"))) {
                found.add(row);
            }
        }
        return FakeReply.json(200, Map.of("items", found));
    }

    private FakeReply one(String id) {
        Map<String, Object> row = records.get(id);
        return row == null ? FakeReply.json(404, Map.of()) : FakeReply.json(200, row);
    }

    private FakeReply changed(FakeRequest request) {
        Map<String, Object> row = records.get(request.captured(1));
        if (row == null) {
            return FakeReply.json(404, Map.of());
        }
        String version = request.query("version").orElse("");
        if (!version.isEmpty() && !version.equals(row.get("version"))) {
            return FakeReply.json(409, Map.of());
        }
        row.putAll(request.json());
        row.put("version", row.get("version") + "1");
        return FakeReply.empty(204);
    }
}
