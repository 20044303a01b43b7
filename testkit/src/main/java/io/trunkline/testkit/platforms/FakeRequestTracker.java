package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Request Tracker on this machine: one queue {@code Support}, tickets, users and the paths of the REST API that the
 * connector uses, with what the server does silently. Compared with the real server in {@code real-systems}.
 */
public final class FakeRequestTracker implements AutoCloseable {

    private static final String API = "/REST/2.0";
    private static final String TICKETS = "RT::Queue-RT::Ticket";
    private static final String USERS = "RT::User";

    private final FakePlatform platform = FakePlatform.start();
    private final RequestTrackerRecords records = new RequestTrackerRecords();
    private final RequestTrackerListings listings = new RequestTrackerListings(records);
    private final RequestTrackerMessages messages = new RequestTrackerMessages(records);
    private final String token;
    private volatile ZoneId zone = ZoneOffset.UTC;

    /** A server that takes one token. Its clock stands an hour back. */
    public FakeRequestTracker(String token) {
        this.token = token;
        records.field(TICKETS, "InteractionId", List.of());
        records.field(TICKETS, "Severity", List.of("low", "high"));
        records.field(USERS, "Phone", List.of());
        records.field(USERS, "CustomerNumber", List.of());
        records.users.put("root", user(Map.of("Name", "root", "RealName", "Enoch Root")));
        records.users.put("Nobody", user(Map.of("Name", "Nobody", "RealName", "Nobody in particular")));
        on("GET", "/rt", request -> FakeReply.json(200, Map.of("Version", "5.0.3", "Plugins", List.of())));
        on("GET", "/queue/([^/]+)", this::queue);
        on("GET", "/(tickets|transactions)", this::queried);
        on("POST", "/ticket", this::createTicket);
        on("GET", "/ticket/([^/]+)", this::ticket);
        on("PUT", "/ticket/([^/]+)", this::updateTicket);
        on("POST", "/ticket/([^/]+)/(comment|correspond)", messages::said);
        on("POST", "/ticket/([^/]+)/history", request -> listings.found(request, messages.history(request)));
        on("POST", "/ticket/([^/]+)/attachments", request -> listings.found(request, messages.parts(request)));
        on("GET", "/attachment/([^/]+)", messages::attachment);
        on("POST", "/users", request -> listings.found(request, enabled()));
        on("POST", "/user", this::createUser);
        on("GET", "/user/([^/]+)", this::user);
        on("PUT", "/user/([^/]+)", this::updateUser);
        on("DELETE", "/user/([^/]+)", this::disableUser);
        on("POST", "/customfields", request -> listings.found(request, records.fields.values()));
        on("GET", "/customfield/([^/]+)", request -> one(records.fields.get(request.captured(0))));
    }

    /** The platform itself: its address, its faults, what it was asked. */
    public FakePlatform platform() {
        return platform;
    }

    /** A ticket as the server holds it, which may be changed. */
    public Map<String, Object> ticket(String id) {
        return Objects.requireNonNull(records.tickets.get(Long.parseLong(id)), "there is no such ticket");
    }

    /** How many tickets there are, deleted ones among them. */
    public int tickets() {
        return records.tickets.size();
    }

    /** Puts a ticket into the server, as if somebody had entered it; gives its number. */
    public String enterTicket(Map<String, Object> fields) {
        long id = records.id();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", String.valueOf(id));
        row.put("type", "ticket");
        row.put("Status", "new");
        row.put("Priority", "0");
        row.put("Owner", RequestTrackerRecords.reference("Nobody"));
        row.put("Requestor", List.of());
        row.put("Queue", "Support");
        row.put("Created", records.now().toString());
        row.put("Resolved", RequestTrackerRecords.NEVER);
        records.write(row, TICKETS, Map.of("CustomFields", Map.of()));
        records.write(row, TICKETS, fields);
        records.tickets.put(id, row);
        String transaction = records.transaction("Create", String.valueOf(id), Map.of());
        if (fields.containsKey("Content")) {
            records.attachment(String.valueOf(id), transaction, messages.text(fields.get("Content")));
        }
        return String.valueOf(id);
    }

    /** Puts a user into the server, as if somebody had entered it. */
    public void enterUser(Map<String, Object> fields) {
        records.users.put(String.valueOf(fields.get("Name")), user(fields));
    }

    /** Deletes a ticket, after which no search shows it. */
    public void delete(String ticket) {
        records.write(ticket(ticket), TICKETS, Map.of("Status", "deleted"));
        records.transaction("Status", ticket, Map.of("Field", "Status", "NewValue", "deleted"));
    }

    /** Merges a ticket into another, after which no search shows it. Both have the transaction. */
    public void merge(String ticket, String into) {
        ticket(ticket).put("MergedInto", into);
        for (String each : List.of(ticket, into)) {
            records.transaction(
                    "AddLink", each, Map.of("Field", "MergedInto", "NewValue", "fsck.com-rt://rt.test/ticket/" + into));
        }
        records.write(ticket(into), TICKETS, Map.of());
    }

    /** The zone of the token's user, in which the times of queries are read. */
    public void zone(ZoneId value) {
        this.zone = value;
    }

    /** Sets the server's clock, whose grain is a second. */
    public void now(Instant instant) {
        records.now(instant);
    }

    /** The server's clock. */
    public Instant now() {
        return records.now();
    }

    @Override
    public void close() {
        platform.close();
    }

    private void on(String method, String path, Function<FakeRequest, FakeReply> handler) {
        platform.on(method, API + path, request -> {
            boolean known = request.header("Authorization").orElse("").equals("token " + token);
            return known ? handler.apply(request) : message(401, "Unauthorized");
        });
    }

    private FakeReply queried(FakeRequest request) {
        try {
            var where = TicketSqlCondition.read(request.query("query").orElse(""), records, zone);
            boolean tickets = request.captured(0).equals("tickets");
            return listings.queried(
                    request,
                    tickets ? records.tickets.values() : records.transactions.values(),
                    tickets ? where.and(row -> !gone(row)) : where);
        } catch (IllegalArgumentException | DateTimeException e) {
            return message(400, "Wrong query");
        }
    }

    private FakeReply createTicket(FakeRequest request) {
        if (!"Support".equals(request.json().get("Queue"))) {
            return message(
                    403,
                    "No permission to create tickets in the queue '"
                            + request.json().get("Queue") + "'");
        }
        return FakeReply.json(
                201, Map.of("type", "ticket", "id", enterTicket(request.json()), "_url", "http://rt.test"));
    }

    private FakeReply ticket(FakeRequest request) {
        Map<String, Object> row = merged(request.captured(0));
        if (row == null) {
            return message(404, "Not Found");
        }
        FakeReply answer = FakeReply.json(200, row);
        boolean versioned = !"deleted".equals(row.get("Status"));
        return versioned ? answer.header("ETag", tag("RT::Ticket", String.valueOf(row.get("id")))) : answer;
    }

    private FakeReply updateTicket(FakeRequest request) {
        Map<String, Object> row = merged(request.captured(0));
        if (row == null) {
            return message(404, "Resource does not exist; use POST to create");
        }
        String id = String.valueOf(row.get("id"));
        if (stale(request, tag("RT::Ticket", id))) {
            return message(412, "Precondition Failed");
        }
        records.write(row, TICKETS, request.json());
        records.transaction("Set", id, Map.of());
        return FakeReply.json(200, List.of("Ticket " + id + ": changed, or not"));
    }

    private FakeReply createUser(FakeRequest request) {
        Map<String, Object> fields = request.json();
        String name = String.valueOf(fields.get("Name"));
        boolean mailTaken = records.users.values().stream()
                .anyMatch(user -> fields.containsKey("EmailAddress")
                        && fields.get("EmailAddress").equals(user.get("EmailAddress")));
        if (records.users.containsKey(name) || mailTaken) {
            return message(400, mailTaken ? "Email address in use" : "Name in use");
        }
        enterUser(fields);
        return FakeReply.json(201, Map.of("type", "user", "id", name, "_url", "http://rt.test"));
    }

    private FakeReply user(FakeRequest request) {
        Map<String, Object> row = records.user(request.captured(0)).orElse(null);
        return row == null
                ? message(404, "Not Found")
                : FakeReply.json(200, row).header("ETag", tag(USERS, String.valueOf(row.get("id"))));
    }

    private FakeReply updateUser(FakeRequest request) {
        Map<String, Object> row = records.user(request.captured(0)).orElse(null);
        if (row == null) {
            return message(404, "Resource does not exist; use POST to create");
        }
        if (stale(request, tag(USERS, String.valueOf(row.get("id"))))) {
            return message(412, "Precondition Failed");
        }
        records.write(row, USERS, request.json());
        records.transaction("Set", String.valueOf(row.get("id")), Map.of("ObjectType", USERS));
        return FakeReply.json(200, List.of("User changed, or not"));
    }

    private FakeReply disableUser(FakeRequest request) {
        Map<String, Object> row = records.user(request.captured(0)).orElse(null);
        if (row == null) {
            return message(404, "Not Found");
        }
        row.put("Disabled", "1");
        return FakeReply.empty(204);
    }

    private Map<String, Object> user(Map<String, Object> fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", String.valueOf(records.id()));
        row.put("type", "user");
        row.put("Disabled", "0");
        row.put("Privileged", 0);
        row.put("RealName", "");
        row.put("Created", records.now().toString());
        records.write(row, USERS, Map.of("CustomFields", Map.of()));
        records.write(row, USERS, fields);
        return row;
    }

    private FakeReply queue(FakeRequest request) {
        return request.captured(0).equals("Support")
                ? FakeReply.json(
                        200,
                        Map.of(
                                "Name",
                                "Support",
                                "TicketCustomFields",
                                records.fieldsOf(TICKETS).stream()
                                        .map(field -> Map.of("id", field.get("id"), "name", field.get("Name")))
                                        .toList()))
                : message(404, "Not Found");
    }

    private List<Map<String, Object>> enabled() {
        return records.users.values().stream()
                .filter(user -> !"1".equals(user.get("Disabled")))
                .toList();
    }

    private @Nullable Map<String, Object> merged(String id) {
        Map<String, Object> row = id.matches("[0-9]{1,18}") ? records.tickets.get(Long.parseLong(id)) : null;
        return row != null && row.containsKey("MergedInto") ? merged(String.valueOf(row.get("MergedInto"))) : row;
    }

    private static boolean gone(Map<String, Object> ticket) {
        return "deleted".equals(ticket.get("Status")) || ticket.containsKey("MergedInto");
    }

    private String tag(String objectType, String id) {
        return "\"" + records.version(objectType, id) + "\"";
    }

    private static boolean stale(FakeRequest request, String tag) {
        return request.header("If-Match").filter(given -> !given.equals(tag)).isPresent();
    }

    private static FakeReply one(@Nullable Map<String, Object> row) {
        return row == null ? message(404, "Not Found") : FakeReply.json(200, row);
    }

    static FakeReply message(int status, String text) {
        return FakeReply.json(status, Map.of("message", text));
    }
}
