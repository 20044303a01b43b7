package io.trunkline.crm.requesttracker;

import io.trunkline.connector.Capability;
import io.trunkline.connector.KeyLease;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Match;
import io.trunkline.crm.Upserted;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Users as contacts, known by their names. The platform disables instead of deleting; who is disabled is not there. */
final class RequestTrackerContacts implements Contacts {

    private static final String TYPE = RequestTrackerDesk.USER;

    private final RequestTrackerDesk desk;
    private final RequestTrackerRows rows;
    private final RequestTrackerMapper mapper;

    RequestTrackerContacts(RequestTrackerDesk desk, CallOptions options) {
        this(desk, new RequestTrackerRows(desk, options));
    }

    private RequestTrackerContacts(RequestTrackerDesk desk, RequestTrackerRows rows) {
        this.desk = desk;
        this.rows = rows;
        this.mapper = new RequestTrackerMapper(desk);
    }

    @Override
    public String connection() {
        return desk.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return desk.capabilities("contacts");
    }

    @Override
    public Contacts with(CallOptions value) {
        return new RequestTrackerContacts(desk, value);
    }

    @Override
    public Match<Contact> findByPhone(PhoneNumber number) {
        return match(new RequestTrackerPhones(rows.together()).find(number));
    }

    @Override
    public Match<Contact> findByEmail(String email) {
        return where(
                RequestTrackerWire.Condition.is("EmailAddress", TicketSql.line(email)),
                row -> RequestTrackerRow.text(row, "EmailAddress").equalsIgnoreCase(email));
    }

    @Override
    public Match<Contact> findByExternalId(ExternalKey key) {
        return where(
                RequestTrackerWire.Condition.is(TicketSql.customField(key.field()), TicketSql.line(key.value())),
                row -> RequestTrackerRow.values(row, key.field()).contains(key.value()));
    }

    @Override
    public Paged<Contact> search(String text) {
        String field = text.contains("@") ? "EmailAddress" : "RealName";
        RequestTrackerWire.Condition like = RequestTrackerWire.Condition.like(field, TicketSql.line(text));
        return Paged.of(cursor -> {
            Page<Map<String, @Nullable Object>> page =
                    rows.find("users", RequestTrackerMapper.USER, List.of(like), cursor);
            return new Page<>(page.items().stream().map(mapper::contact).toList(), page.cursor());
        });
    }

    @Override
    public Optional<Contact> get(RecordRef ref) {
        return rows.user(desk.id(ref, TYPE))
                .filter(found -> !RequestTrackerMapper.isDisabled(found.row()))
                .map(mapper::contact);
    }

    @Override
    public RecordRef create(ContactDraft draft) {
        RequestTrackerRows together = rows.together();
        Map<String, @Nullable Object> fields = new RequestTrackerUsers(together).created(draft);
        desk.known().checkUser(together, RequestTrackerDrafts.customFieldsOf(fields));
        desk.api().createUser(fields).execute(together.options());
        return numbered(together, String.valueOf(fields.get("Name")));
    }

    @Override
    public void update(RecordRef ref, ContactDraft change, Optional<String> version) {
        String name = desk.id(ref, TYPE);
        RequestTrackerRows together = rows.together();
        Map<String, @Nullable Object> fields = new RequestTrackerUsers(together).changed(name, change);
        new RequestTrackerWrites(together).updateUser(name, fields, version);
    }

    @Override
    public Upserted upsert(ExternalKey key, ContactDraft draft) {
        RequestTrackerContacts together = new RequestTrackerContacts(desk, rows.together());
        ContactDraft keyed = RequestTrackerUsers.keyed(draft, key);
        try (KeyLease lease = together.rows.lease("contact:" + key.field() + ":" + key.value())) {
            List<Contact> found = together.findByExternalId(key).all();
            if (found.size() > 1) {
                throw desk.failed(
                        "request-tracker.upsert", ErrorKind.CONFLICT, "several contacts have this external id");
            }
            for (Contact contact : found) {
                together.update(contact.ref(), keyed, Optional.empty());
                return new Upserted(contact.ref(), false);
            }
            lease.requireHeld();
            return new Upserted(together.create(keyed), true);
        }
    }

    @Override
    public void delete(RecordRef ref) {
        try {
            desk.api().disableUser(desk.id(ref, TYPE)).execute(rows.options());
        } catch (NotFoundException e) {
            // Gone already, which is what was asked for.
        }
    }

    /** The number of a user who was created. That it cannot be told does not unmake the user, who is known by name too. */
    private RecordRef numbered(RequestTrackerRows together, String name) {
        try {
            return desk.people().named(together, name);
        } catch (ConnectorException e) {
            return desk.ref(TYPE, name);
        }
    }

    private Match<Contact> where(
            RequestTrackerWire.Condition condition, Predicate<Map<String, @Nullable Object>> fits) {
        return match(
                rows.find("users", RequestTrackerMapper.USER, List.of(condition), Optional.empty()).items().stream()
                        .filter(fits)
                        .toList());
    }

    private Match<Contact> match(Collection<Map<String, @Nullable Object>> found) {
        return Match.of(found.stream().map(mapper::contact).toList());
    }
}
