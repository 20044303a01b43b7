package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.value.CallOptions;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

record MiniTickets(MiniCrm crm, CallOptions options) implements Tickets {

    private static final String TYPE = "ticket";

    @Override
    public String connection() {
        return crm.runtime().connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return crm.capabilities("tickets");
    }

    @Override
    public Tickets with(CallOptions value) {
        return new MiniTickets(crm, value);
    }

    @Override
    public RecordRef create(TicketDraft draft) {
        if (Flaw.LOGS_CONTENT.here()) {
            LoggerFactory.getLogger("mini").debug("creating {}", draft.subject());
        }
        Map<String, Object> fields = fields(draft);
        fields.putIfAbsent("status", "NEW");
        return crm.create(TYPE, fields, options);
    }

    @Override
    public Optional<Ticket> get(RecordRef ref) {
        if (Flaw.ANSWERS_FROM_MEMORY.here()) {
            return Optional.empty();
        }
        return crm.get(ref, TYPE, options).map(this::ticket);
    }

    @Override
    public void update(RecordRef ref, TicketDraft change, Optional<String> version) {
        Map<String, Object> fields = fields(change);
        if (Flaw.WIPES_OTHER_FIELDS.here()) {
            fields.putIfAbsent("description", "");
        }
        String expected = Flaw.IGNORES_VERSION.here() ? null : version.orElse(null);
        crm.api().change(TYPE, crm.id(ref, TYPE), expected, fields).execute(options);
    }

    @Override
    public Paged<Ticket> openTicketsOf(RecordRef contact) {
        String id = crm.id(contact, "contact");
        return Paged.of(cursor -> Page.last(crm.find(TYPE, Map.of("contact", id), options).stream()
                .filter(row -> Flaw.GIVES_TOO_MUCH.here() || !"CLOSED".equals(row.get("status")))
                .map(this::ticket)
                .toList()));
    }

    @Override
    public Paged<Ticket> search(String text) {
        if (Flaw.UNDECLARED_SENDS.here()) {
            crm.api().me().execute(options);
        }
        throw unsupported(SEARCH);
    }

    @Override
    public RecordRef comment(RecordRef ticket, String body, boolean publicToCustomer) {
        boolean shown = publicToCustomer || Flaw.FORGETS_FIELD.here();
        return crm.create(
                "comment", Map.of("ticket", crm.id(ticket, TYPE), "body", MiniCrm.text(body), "shown", shown), options);
    }

    @Override
    public Paged<Comment> comments(RecordRef ticket) {
        String id = crm.id(ticket, TYPE);
        return Paged.of(cursor -> Page.last(crm.find("comment", Map.of("ticket", id), options).stream()
                .map(row -> new Comment(
                        crm.info("comment", row),
                        String.valueOf(row.get("body")),
                        Boolean.TRUE.equals(row.get("shown")),
                        ""))
                .toList()));
    }

    private Map<String, Object> fields(TicketDraft draft) {
        Map<String, Object> fields = new LinkedHashMap<>();
        draft.subject().ifPresent(value -> fields.put("subject", value));
        if (!Flaw.FORGETS_FIELD.here()) {
            draft.description().ifPresent(value -> fields.put("description", value));
        }
        draft.status().ifPresent(value -> fields.put("status", value.name()));
        draft.priority().ifPresent(value -> fields.put("priority", value.name()));
        draft.contact().ifPresent(value -> fields.put("contact", crm.id(value, "contact")));
        return fields;
    }

    private Ticket ticket(Map<String, Object> row) {
        return new Ticket(
                crm.info(TYPE, row),
                String.valueOf(row.get("id")),
                String.valueOf(row.get("subject")),
                String.valueOf(row.getOrDefault("description", "")),
                OpenEnum.of(TicketStatus.valueOf(String.valueOf(row.get("status")))),
                row.containsKey("priority")
                        ? OpenEnum.of(TicketPriority.valueOf(String.valueOf(row.get("priority"))))
                        : null,
                row.containsKey("contact") ? crm.ref("contact", row.get("contact")) : null,
                null);
    }
}
