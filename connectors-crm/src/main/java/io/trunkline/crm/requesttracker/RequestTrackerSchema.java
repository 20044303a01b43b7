package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.crm.FieldInfo;
import io.trunkline.crm.Schema;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.CallOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of tickets and users: the platform's own, which it does not describe, and the custom ones, which it does. */
final class RequestTrackerSchema implements Schema {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,40}");
    private static final List<FieldInfo> TICKET = List.of(
            own("Subject", "text", true),
            own("Status", "text", true),
            own("Priority", "number", true),
            own("Queue", "queue", true),
            own("Requestor", "user", true),
            own("Owner", "user", true),
            own("Created", "time", false),
            own("LastUpdated", "time", false),
            own("Resolved", "time", false));
    private static final List<FieldInfo> USER = List.of(
            own("Name", "text", true),
            own("EmailAddress", "text", true),
            own("RealName", "text", true),
            own("WorkPhone", "text", true),
            own("MobilePhone", "text", true),
            own("HomePhone", "text", true),
            own("PagerPhone", "text", true),
            own("Created", "time", false),
            own("LastUpdated", "time", false));

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;

    RequestTrackerSchema(RequestTrackerDesk desk, CallOptions options) {
        this.desk = desk;
        this.rows = new RequestTrackerRows(desk, options);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("schema");
    }

    @Override
    public Schema with(CallOptions value) {
        return new RequestTrackerSchema(desk, value);
    }

    @Override
    public List<FieldInfo> fields(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("type must be a word");
        }
        RequestTrackerRows together = rows.together();
        return switch (type) {
            case RequestTrackerDesk.TICKET ->
                with(TICKET, together, desk.known().tickets(together, desk.queue()));
            case RequestTrackerDesk.USER -> with(USER, together, desk.known().users(together));
            default ->
                throw desk.failed("request-tracker.schema", ErrorKind.NOT_FOUND, "the types are ticket and user");
        };
    }

    private List<FieldInfo> with(List<FieldInfo> own, RequestTrackerRows together, Map<String, String> custom) {
        List<FieldInfo> all = new ArrayList<>(own);
        custom.forEach((name, id) -> {
            RequestTrackerWire.Field field = desk.known().field(together, id);
            String label = field.Description() == null || field.Description().isBlank() ? name : field.Description();
            String type = field.Type() == null ? "unknown" : field.Type();
            all.add(new FieldInfo(name, label, type, true, true, field.choices()));
        });
        return all;
    }

    private static FieldInfo own(String name, String type, boolean writable) {
        return new FieldInfo(name, name, type, false, writable, List.of());
    }
}
