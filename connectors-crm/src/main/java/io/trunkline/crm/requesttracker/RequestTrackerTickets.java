package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.Tickets;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tickets and what is said on them. */
final class RequestTrackerTickets implements Tickets {

    private static final String TYPE = RequestTrackerDesk.TICKET;

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;
    private final RequestTrackerMapper mapper;

    RequestTrackerTickets(RequestTrackerDesk desk, CallOptions options) {
        this.desk = desk;
        this.rows = new RequestTrackerRows(desk, options);
        this.mapper = new RequestTrackerMapper(desk);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("tickets");
    }

    @Override
    public Tickets with(CallOptions value) {
        return new RequestTrackerTickets(desk, value);
    }

    @Override
    public RecordRef create(TicketDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Queue", desk.queue());
        fields.putAll(new RequestTrackerDrafts(desk).fields(draft));
        draft.description().filter(text -> !text.isEmpty()).ifPresent(text -> fields.put("Content", text));
        return new RequestTrackerWrites(rows.together()).create(fields);
    }

    @Override
    public Optional<Ticket> get(RecordRef ref) {
        RequestTrackerRows together = rows.together();
        return together.ticket(desk.id(ref, TYPE)).map(found -> {
            String id = RequestTrackerRow.text(found.row(), "id");
            return mapper.ticket(together, found, new RequestTrackerComments(together).description(id));
        });
    }

    @Override
    public void update(RecordRef ref, TicketDraft change, Optional<String> version) {
        if (change.description().isPresent()) {
            throw new IllegalArgumentException("the description of a ticket cannot be changed; add a comment");
        }
        Map<String, @Nullable Object> fields = new RequestTrackerDrafts(desk).fields(change);
        new RequestTrackerWrites(rows.together()).update(desk.id(ref, TYPE), fields, version);
    }

    @Override
    public Paged<Ticket> openTicketsOf(RecordRef contact) {
        String id = desk.id(contact, RequestTrackerDesk.USER);
        String theirs = TicketSql.isId(id) ? "Requestor.id = " + id : "Requestor.Name = " + TicketSql.text(id);
        return pages(theirs + " AND Status = '__Active__'");
    }

    /** By subject; whether the platform searches texts too is its administrator's choice. */
    @Override
    public Paged<Ticket> search(String text) {
        return pages("Subject LIKE " + TicketSql.text(text));
    }

    @Override
    public RecordRef comment(RecordRef ticket, String body, boolean publicToCustomer) {
        return new RequestTrackerComments(rows).say(desk.id(ticket, TYPE), body, publicToCustomer);
    }

    @Override
    public Paged<Comment> comments(RecordRef ticket) {
        String id = desk.id(ticket, TYPE);
        return Paged.of(cursor -> new RequestTrackerComments(rows.together()).page(id, cursor));
    }

    private Paged<Ticket> pages(String condition) {
        RequestTrackerQuery query = RequestTrackerQuery.people(condition).newestFirst();
        return Paged.of(cursor -> {
            Page<Map<String, @Nullable Object>> page = rows.query(query, cursor);
            return new Page<>(
                    page.items().stream().map(row -> mapper.ticket(rows, row)).toList(), page.cursor());
        });
    }
}
