package io.trunkline.crm.copied;

import io.trunkline.connector.Capability;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkResult.Refused;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The contacts of a connection as the target of a synchronisation: each record is upserted by a field of the target that
 * keeps the source's id, in the bulk lane, so that a batch may be written again and no contact is there twice. A record
 * that the target refuses is put aside. Contacts whose record is gone stay, unless they shall be deleted. Used by one run
 * at a time.
 *
 * <p>The target's field should be unique there: a record whose key several contacts have is put aside.
 */
public final class ContactsSink implements Sink {

    private final CopiedContact copies;
    private final Set<Capability> needed = new TreeSet<>(Set.of(Contacts.UPSERT, Contacts.FIND_BY_EXTERNAL_ID));
    private final boolean deleting;
    private final Consumer<RecordRef> left;

    private ContactsSink(Builder builder) {
        this.copies =
                new CopiedContact(builder.target.with(CallOptions.bulk()), builder.keyField, builder.key, builder.form);
        this.deleting = builder.deleting;
        this.left = builder.left;
        if (deleting) {
            needed.add(Contacts.DELETE);
        }
    }

    /**
     * Begins with where contacts go and what they look like there.
     *
     * @param target the contacts of the other connection
     * @param keyField the target's own name of the field that keeps the source's id
     * @param form what is written of a record; an {@link IllegalArgumentException} puts the record aside
     */
    public static Builder of(Contacts target, String keyField, Function<Change, ContactDraft> form) {
        return new Builder(target, keyField, form);
    }

    /** A platform cannot commit a cursor. */
    @Override
    public boolean keepsCursors() {
        return false;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        Set<Capability> missing = new TreeSet<>(needed);
        missing.removeAll(copies.target().capabilities());
        if (!missing.isEmpty()) {
            throw new ConfigurationException(
                    "contacts cannot be copied to a connection that does not offer " + missing,
                    ErrorContext.of(copies.target().connection(), "sync", ErrorKind.CONFIGURATION),
                    null);
        }
        return Optional.empty();
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        int written = 0;
        List<Refused> refused = new ArrayList<>();
        for (Change record : batch.records()) {
            try {
                written += write(record) ? 1 : 0;
            } catch (InvalidRequestException | ConflictException | IllegalArgumentException e) {
                refused.add(new Refused(record, String.valueOf(e.getMessage())));
            }
        }
        return new SinkResult(written, batch.records().size() - written - refused.size(), refused);
    }

    @Override
    public void close() {}

    private boolean write(Change record) {
        if (!record.deleted()) {
            copies.put(record);
            return true;
        }
        if (deleting) {
            return copies.remove(record);
        }
        left.accept(record.ref());
        return false;
    }

    /** Collects how contacts are copied. */
    public static final class Builder {

        private final Contacts target;
        private final String keyField;
        private final Function<Change, ContactDraft> form;
        private Function<Change, String> key = record -> record.ref().id();
        private boolean deleting;
        private Consumer<RecordRef> left = ref -> {};

        private Builder(Contacts target, String keyField, Function<Change, ContactDraft> form) {
            this.target = target;
            this.keyField = keyField;
            this.form = form;
        }

        /** What stands in the key field, where several sources share one; the source's id unless said otherwise. */
        public Builder key(Function<Change, String> value) {
            this.key = value;
            return this;
        }

        /** Deletes the contact whose record is gone at the source. */
        public Builder deleting() {
            this.deleting = true;
            return this;
        }

        /** Is told of each record that is gone at the source while its contact stays; without it they are only counted. */
        public Builder onLeft(Consumer<RecordRef> listener) {
            this.left = listener;
            return this;
        }

        /** What opens the sink for each run. */
        public Supplier<Sink> build() {
            return () -> new ContactsSink(this);
        }
    }
}
