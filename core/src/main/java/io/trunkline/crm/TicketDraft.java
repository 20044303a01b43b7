package io.trunkline.crm;

import io.trunkline.value.RecordRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be written of a ticket; what is not set stays as it is. Immutable; prints nothing personal. */
public final class TicketDraft {

    private final @Nullable String subject;
    private final @Nullable String description;
    private final @Nullable TicketStatus status;
    private final @Nullable TicketPriority priority;
    private final @Nullable RecordRef contact;
    private final @Nullable String ownerId;
    private final Map<String, @Nullable Object> customFields;

    private TicketDraft(Builder builder) {
        this.subject = builder.subject;
        this.description = builder.description;
        this.status = builder.status;
        this.priority = builder.priority;
        this.contact = builder.contact;
        this.ownerId = builder.ownerId;
        this.customFields = Collections.unmodifiableMap(new LinkedHashMap<>(builder.customFields));
    }

    /** A new ticket. */
    public static Builder about(String subject) {
        return new Builder().subject(subject);
    }

    /** A change of a ticket. */
    public static Builder change() {
        return new Builder();
    }

    /** The one line, if it is to be written. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** The concern, if it is to be written. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** The status, if it is to be written. */
    public Optional<TicketStatus> status() {
        return Optional.ofNullable(status);
    }

    /** The priority, if it is to be written. */
    public Optional<TicketPriority> priority() {
        return Optional.ofNullable(priority);
    }

    /** Whose concern, if it is to be written. */
    public Optional<RecordRef> contact() {
        return Optional.ofNullable(contact);
    }

    /** The platform's id of who settles it, if it is to be written. */
    public Optional<String> ownerId() {
        return Optional.ofNullable(ownerId);
    }

    /** Custom fields by the host's canonical names; a null empties the field. */
    public Map<String, @Nullable Object> customFields() {
        return customFields;
    }

    /** Nothing of the content: it may be personal. */
    @Override
    public String toString() {
        return "TicketDraft";
    }

    /** Collects what is to be written; throws {@link IllegalArgumentException} for what no platform could hold. */
    public static final class Builder {

        private @Nullable String subject;
        private @Nullable String description;
        private @Nullable TicketStatus status;
        private @Nullable TicketPriority priority;
        private @Nullable RecordRef contact;
        private @Nullable String ownerId;
        private final Map<String, @Nullable Object> customFields = new LinkedHashMap<>();

        private Builder() {}

        /** The one line. */
        public Builder subject(String value) {
            this.subject = DraftText.line("subject", value);
            return this;
        }

        /** The concern. */
        public Builder description(String value) {
            this.description = value;
            return this;
        }

        /** The status. */
        public Builder status(TicketStatus value) {
            this.status = value;
            return this;
        }

        /** The priority. */
        public Builder priority(TicketPriority value) {
            this.priority = value;
            return this;
        }

        /** Whose concern. */
        public Builder contact(RecordRef value) {
            this.contact = value;
            return this;
        }

        /** The platform's id of who settles it. */
        public Builder ownerId(String value) {
            this.ownerId = DraftText.line("owner id", value);
            return this;
        }

        /** A custom field by the host's canonical name; null empties it. */
        public Builder customField(String name, @Nullable Object value) {
            customFields.put(DraftText.line("name of a custom field", name), value);
            return this;
        }

        /** The finished draft. */
        public TicketDraft build() {
            return new TicketDraft(this);
        }
    }
}
