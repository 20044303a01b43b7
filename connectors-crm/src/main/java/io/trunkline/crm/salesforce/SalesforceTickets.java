package io.trunkline.crm.salesforce;

import io.trunkline.connector.Capability;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.Tickets;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Cases and their comments. */
final class SalesforceTickets implements Tickets {

    private static final String TYPE = "Case";
    private static final int LONGEST_COMMENT = 4_000;

    private final SalesforceOrg org;
    private final SalesforceRows rows;
    private final SalesforceMapper mapper;

    SalesforceTickets(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.rows = new SalesforceRows(org, options);
        this.mapper = new SalesforceMapper(org);
    }

    @Override
    public String connection() {
        return org.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return org.capabilities("tickets");
    }

    @Override
    public Tickets with(CallOptions value) {
        return new SalesforceTickets(org, value);
    }

    @Override
    public RecordRef create(TicketDraft draft) {
        return rows.create(TYPE, mapper.fields(draft));
    }

    @Override
    public Optional<Ticket> get(RecordRef ref) {
        return rows.get(ref, TYPE, SalesforceMapper.CASE).map(mapper::ticket);
    }

    @Override
    public void update(RecordRef ref, TicketDraft change, Optional<String> version) {
        rows.update(ref, TYPE, mapper.fields(change), version);
    }

    @Override
    public Paged<Ticket> openTicketsOf(RecordRef contact) {
        String soql = Soql.select(asked(), TYPE) + " WHERE ContactId = " + Soql.text(org.id(contact, "Contact"))
                + " AND IsClosed = false ORDER BY CreatedDate DESC";
        return pages(soql, mapper::ticket);
    }

    @Override
    public Paged<Ticket> search(String text) {
        return new SalesforceSearch(TYPE, asked()).find(rows, text, mapper::ticket);
    }

    @Override
    public RecordRef comment(RecordRef ticket, String body, boolean publicToCustomer) {
        if (body.isBlank() || body.length() > LONGEST_COMMENT) {
            throw new IllegalArgumentException("comment must have 1 to " + LONGEST_COMMENT + " characters");
        }
        return rows.create(
                "CaseComment",
                Map.of("ParentId", org.id(ticket, TYPE), "CommentBody", body, "IsPublished", publicToCustomer));
    }

    @Override
    public Paged<Comment> comments(RecordRef ticket) {
        String soql = Soql.select(SalesforceMapper.COMMENT, "CaseComment") + " WHERE ParentId = "
                + Soql.text(org.id(ticket, TYPE)) + " ORDER BY CreatedDate";
        return pages(soql, mapper::comment);
    }

    private List<String> asked() {
        return org.asked(TYPE, SalesforceMapper.CASE);
    }

    private <T> Paged<T> pages(String soql, Function<Map<String, Object>, T> map) {
        return Paged.of(cursor -> {
            Page<Map<String, Object>> page = rows.page(soql, cursor);
            return new Page<>(page.items().stream().map(map).toList(), page.cursor());
        });
    }
}
