package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Salesforce org on this machine: rows by type, tokens that can be withdrawn, and the paths of the REST API that the
 * connector uses. Judged by the platform's own description in the connector's tests.
 */
public final class FakeSalesforce implements AutoCloseable {

    private static final String DATA = "/services/data/v66\\.0";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");
    private static final Map<String, String> PREFIXES =
            Map.of("Contact", "003", "Account", "001", "Case", "500", "CaseComment", "00a", "Task", "00T");

    static final Set<String> TYPES = PREFIXES.keySet();

    private final FakePlatform platform = FakePlatform.start();
    private final Map<String, Map<String, Map<String, Object>>> rows = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final SalesforceTypes types = new SalesforceTypes();
    private final SalesforceQueries queries = new SalesforceQueries(rows, types);
    private volatile Instant now = Instant.now().minusSeconds(3_600);

    /** An org with its name and nothing else. Its clock stands an hour back. */
    public FakeSalesforce() {
        row("Organization", Map.of("Id", "00D000000000001AAA", "Name", "Acme"));
        platform.on("POST", "/services/oauth2/token", request -> token());
        platform.on("GET", DATA + "/query", request -> guarded(request, () -> queries.query(request, false)));
        platform.on("GET", DATA + "/queryAll", request -> guarded(request, () -> queries.query(request, true)));
        platform.on(
                "GET", DATA + "/query/([^/]+)", request -> guarded(request, () -> queries.page(request.captured(0))));
        platform.on("GET", DATA + "/search", request -> guarded(request, () -> queries.search(request)));
        platform.on(
                "GET",
                DATA + "/sobjects/([^/]+)/describe",
                request -> guarded(request, () -> queries.describe(request.captured(0))));
        platform.on("POST", DATA + "/sobjects/([^/]+)", request -> guarded(request, () -> create(request)));
        platform.on("GET", DATA + "/sobjects/([^/]+)/([^/]+)", request -> guarded(request, () -> get(request)));
        platform.on("PATCH", DATA + "/sobjects/([^/]+)/([^/]+)", request -> guarded(request, () -> update(request)));
        platform.on("DELETE", DATA + "/sobjects/([^/]+)/([^/]+)", request -> guarded(request, () -> delete(request)));
        platform.on(
                "PATCH",
                DATA + "/sobjects/([^/]+)/([^/]+)/([^/]+)",
                request -> guarded(request, () -> upsert(request)));
    }

    /** The platform itself: its address, its faults, what it was asked. */
    public FakePlatform platform() {
        return platform;
    }

    /** A row as the org holds it, which may be changed. */
    public Map<String, Object> row(String type, String id) {
        return Objects.requireNonNull(rows.getOrDefault(type, Map.of()).get(id), "there is no such row");
    }

    /** How many rows a page of a query has. */
    public void pageSize(int rowsAPage) {
        queries.pageSize(rowsAPage);
    }

    /** Gives a type one more field. Contacts have any custom field already. */
    public void customField(String type, String field) {
        types.add(type, field);
    }

    /** The text literals of the last query or search as the org has read them; none if it was malformed. */
    public List<String> literals() {
        return queries.literals();
    }

    /** The org's clock. */
    public Instant now() {
        return now;
    }

    /** Sets the org's clock. */
    public void now(Instant instant) {
        this.now = instant;
    }

    @Override
    public void close() {
        platform.close();
    }

    private interface Work {
        FakeReply run();
    }

    /** Withdraws every access token given so far. */
    public void expireTokens() {
        tokens.incrementAndGet();
    }

    /** How many tokens were given or withdrawn. */
    public int tokensGiven() {
        return tokens.get();
    }

    /** All exchanges but those for tokens: of these the description lists no more than the fields of one flow. */
    public List<FakePlatform.Exchange> dataExchanges() {
        return platform.exchanges().stream()
                .filter(exchange -> exchange.request().path().startsWith("/services/data/"))
                .toList();
    }

    private FakeReply token() {
        return FakeReply.json(
                200,
                Map.of(
                        "access_token", "00D!" + tokens.incrementAndGet(),
                        "scope", "api",
                        "instance_url", "https://acme.my.salesforce.com",
                        "id", "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA",
                        "token_type", "Bearer",
                        "issued_at", "1278448384422",
                        "signature", "c2ln"));
    }

    private FakeReply guarded(FakeRequest request, Work work) {
        String expected = "Bearer 00D!" + tokens.get();
        if (!request.header("Authorization").orElse("").equals(expected)) {
            return error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        return work.run().header("Sforce-Limit-Info", "api-usage=18/5000");
    }

    private FakeReply create(FakeRequest request) {
        String type = request.captured(0);
        if (type.equals("Contact") && !request.json().containsKey("LastName")) {
            return error(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]");
        }
        return FakeReply.json(201, Map.of("id", row(type, request.json()), "success", true, "errors", List.of()));
    }

    private FakeReply get(FakeRequest request) {
        Map<String, Object> row = live(request);
        if (row == null) {
            return error(404, "NOT_FOUND", "The requested resource does not exist");
        }
        List<String> fields = List.of(request.query("fields").orElse("Id").split(",", -1));
        if (!types.have(request.captured(0), fields)) {
            return error(400, "INVALID_FIELD", "No such column on entity");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("attributes", row.get("attributes"));
        fields.stream().filter(row::containsKey).forEach(field -> answer.put(field, row.get(field)));
        return FakeReply.json(200, answer);
    }

    private FakeReply update(FakeRequest request) {
        Map<String, Object> row = live(request);
        if (row == null) {
            return error(404, "ENTITY_IS_DELETED", "entity is deleted");
        }
        String unmodified = request.header("If-Unmodified-Since").orElse("");
        Instant modified = SoqlRows.time((String) row.get("SystemModstamp"));
        if (!unmodified.isEmpty()
                && modified.isAfter(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(unmodified))
                        .plusMillis(999))) {
            return FakeReply.empty(412);
        }
        row.putAll(request.json());
        touch(row);
        return FakeReply.empty(204);
    }

    private FakeReply delete(FakeRequest request) {
        Map<String, Object> row = live(request);
        if (row == null) {
            return error(404, "ENTITY_IS_DELETED", "entity is deleted");
        }
        row.put("IsDeleted", true);
        touch(row);
        return FakeReply.empty(204);
    }

    private FakeReply upsert(FakeRequest request) {
        String type = request.captured(0);
        String field = request.captured(1);
        String value = request.captured(2);
        Map<String, Object> fields = request.json();
        if (fields.containsKey(field)) {
            return error(400, "INVALID_FIELD", "The external id must not be among the fields");
        }
        List<Map<String, Object>> found = rows.getOrDefault(type, Map.of()).values().stream()
                .filter(row -> value.equals(row.get(field)))
                .toList();
        if (found.size() > 1) {
            return FakeReply.json(
                    300, found.stream().map(row -> row.get("attributes")).toList());
        }
        for (Map<String, Object> row : found) {
            row.putAll(fields);
            touch(row);
            return FakeReply.json(
                    200, Map.of("id", row.get("Id"), "success", true, "created", false, "errors", List.of()));
        }
        fields.put(field, value);
        return FakeReply.json(
                201, Map.of("id", row(type, fields), "success", true, "created", true, "errors", List.of()));
    }

    /** Puts a row into the org, as if somebody had entered it; gives its id. */
    public String row(String type, Map<String, Object> fields) {
        String id =
                PREFIXES.getOrDefault(type, "00x") + String.format(Locale.ROOT, "%012d", ids.incrementAndGet()) + "AAA";
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("attributes", Map.of("type", type, "url", "/services/data/v66.0/sobjects/" + type + "/" + id));
        row.put("Id", id);
        row.put("IsDeleted", false);
        row.put("CreatedDate", TIME.format(now.atOffset(ZoneOffset.UTC)));
        row.putAll(fields);
        if (type.equals("Task")) {
            row.put("IsClosed", "Completed".equals(row.get("Status")));
        }
        if (type.equals("Contact")) {
            row.putIfAbsent("Name", fields.getOrDefault("FirstName", "") + " " + fields.get("LastName"));
        }
        if (type.equals("Case")) {
            row.putIfAbsent("CaseNumber", String.format(Locale.ROOT, "%08d", ids.get()));
            row.putIfAbsent("Status", "New");
            row.put("IsClosed", "Closed".equals(row.get("Status")));
        }
        touch(row);
        rows.computeIfAbsent(type, key -> new ConcurrentSkipListMap<>()).put(id, row);
        return id;
    }

    private void touch(Map<String, Object> row) {
        row.put("SystemModstamp", TIME.format(now.atOffset(ZoneOffset.UTC)));
        if (row.containsKey("IsClosed")) {
            row.put("IsClosed", List.of("Closed", "Completed").contains(String.valueOf(row.get("Status"))));
        }
    }

    private @Nullable Map<String, Object> live(FakeRequest request) {
        Map<String, Object> row =
                rows.getOrDefault(request.captured(0), Map.of()).get(request.captured(1));
        return row == null || Boolean.TRUE.equals(row.get("IsDeleted")) ? null : row;
    }

    /** The rows of a type, deleted ones among them, in the order of their making. */
    public List<Map<String, Object>> all(String type) {
        return new ArrayList<>(rows.getOrDefault(type, Map.of()).values());
    }

    static FakeReply error(int status, String code, String message) {
        return FakeReply.json(status, List.of(Map.of("errorCode", code, "message", message)));
    }
}
