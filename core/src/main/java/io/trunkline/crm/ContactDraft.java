package io.trunkline.crm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be written of a contact; what is not set stays as it is. Immutable; prints nothing personal. */
public final class ContactDraft {

    private final @Nullable String givenName;
    private final @Nullable String familyName;
    private final List<Phone> phones;
    private final List<String> emails;
    private final @Nullable String accountId;
    private final Map<String, @Nullable Object> customFields;

    private ContactDraft(Builder builder) {
        this.givenName = builder.givenName;
        this.familyName = builder.familyName;
        this.phones = List.copyOf(builder.phones);
        this.emails = List.copyOf(builder.emails);
        this.accountId = builder.accountId;
        this.customFields = Collections.unmodifiableMap(new LinkedHashMap<>(builder.customFields));
    }

    /** A new contact, of which platforms want at least the family name. */
    public static Builder named(String familyName) {
        return new Builder().familyName(familyName);
    }

    /** A change of a contact. */
    public static Builder change() {
        return new Builder();
    }

    /** First name, if it is to be written. */
    public Optional<String> givenName() {
        return Optional.ofNullable(givenName);
    }

    /** Last name, if it is to be written. */
    public Optional<String> familyName() {
        return Optional.ofNullable(familyName);
    }

    /** Numbers to be written. */
    public List<Phone> phones() {
        return phones;
    }

    /** Addresses to be written. */
    public List<String> emails() {
        return emails;
    }

    /** The company's id at the platform, if it is to be written. */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /** Custom fields by the host's canonical names; a null empties the field. */
    public Map<String, @Nullable Object> customFields() {
        return customFields;
    }

    /** Nothing of the content: it is personal. */
    @Override
    public String toString() {
        return "ContactDraft";
    }

    /** Collects what is to be written; throws {@link IllegalArgumentException} for what no platform could hold. */
    public static final class Builder {

        private @Nullable String givenName;
        private @Nullable String familyName;
        private final List<Phone> phones = new ArrayList<>();
        private final List<String> emails = new ArrayList<>();
        private @Nullable String accountId;
        private final Map<String, @Nullable Object> customFields = new LinkedHashMap<>();

        private Builder() {}

        /** First name. */
        public Builder givenName(String value) {
            this.givenName = DraftText.line("given name", value);
            return this;
        }

        /** Last name. */
        public Builder familyName(String value) {
            this.familyName = DraftText.line("family name", value);
            return this;
        }

        /** One more number. */
        public Builder phone(Phone value) {
            phones.add(Objects.requireNonNull(value));
            return this;
        }

        /** One more address. */
        public Builder email(String value) {
            emails.add(DraftText.email(value));
            return this;
        }

        /** The company's id at the platform. */
        public Builder accountId(String value) {
            this.accountId = DraftText.line("account id", value);
            return this;
        }

        /** A custom field by the host's canonical name; null empties it. */
        public Builder customField(String name, @Nullable Object value) {
            customFields.put(DraftText.line("name of a custom field", name), value);
            return this;
        }

        /** The finished draft. */
        public ContactDraft build() {
            return new ContactDraft(this);
        }
    }
}
