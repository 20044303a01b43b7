package io.trunkline.value;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every record of a platform carries beside its content: its reference, the platform's two clocks, its version,
 * its custom fields and the platform's own form of it. Immutable; prints its reference only.
 */
public final class RecordInfo {

    private final RecordRef ref;
    private final @Nullable Instant createdAt;
    private final @Nullable Instant updatedAt;
    private final @Nullable String version;
    private final boolean deleted;
    private final Map<String, @Nullable Object> customFields;
    private final Map<String, @Nullable Object> raw;

    private RecordInfo(Builder builder) {
        this.ref = builder.ref;
        this.createdAt = builder.createdAt;
        this.updatedAt = builder.updatedAt;
        this.version = builder.version;
        this.deleted = builder.deleted;
        this.customFields = Collections.unmodifiableMap(builder.customFields);
        this.raw = Collections.unmodifiableMap(builder.raw);
    }

    /** Starts with the one thing that every record has. */
    public static Builder of(RecordRef ref) {
        return new Builder(ref);
    }

    /** Where the record is. */
    public RecordRef ref() {
        return ref;
    }

    /** When the platform says it was created. */
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(createdAt);
    }

    /** When the platform says it was last changed. */
    public Optional<Instant> updatedAt() {
        return Optional.ofNullable(updatedAt);
    }

    /** What an update gives back to be refused if somebody else was faster: an ETag, a revision or a time stamp. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** Whether the platform shows it as deleted. */
    public boolean deleted() {
        return deleted;
    }

    /** The custom fields by the host's canonical names, as the connection's field mapping has them. */
    public Map<String, @Nullable Object> customFields() {
        return customFields;
    }

    /** The record in the platform's own words; whole numbers are {@code Long}, others {@code BigDecimal}. */
    public Map<String, @Nullable Object> raw() {
        return raw;
    }

    /** Whether the other object says the same of the same record. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordInfo info && parts().equals(info.parts());
    }

    /** By the reference. */
    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    private List<Object> parts() {
        return List.of(ref, createdAt(), updatedAt(), version(), deleted, customFields, raw);
    }

    /** The reference alone: fields may hold personal data. */
    @Override
    public String toString() {
        return "RecordInfo[" + ref + "]";
    }

    /** Collects the parts. */
    public static final class Builder {

        private final RecordRef ref;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable String version;
        private boolean deleted;
        private Map<String, @Nullable Object> customFields = Map.of();
        private Map<String, @Nullable Object> raw = Map.of();

        private Builder(RecordRef ref) {
            this.ref = Objects.requireNonNull(ref);
        }

        /** When the platform says it was created. */
        public Builder createdAt(@Nullable Instant value) {
            this.createdAt = value;
            return this;
        }

        /** When the platform says it was last changed. */
        public Builder updatedAt(@Nullable Instant value) {
            this.updatedAt = value;
            return this;
        }

        /** The version text. */
        public Builder version(@Nullable String value) {
            this.version = value;
            return this;
        }

        /** Whether it is deleted. */
        public Builder deleted(boolean value) {
            this.deleted = value;
            return this;
        }

        /** The custom fields by canonical name. */
        public Builder customFields(Map<String, @Nullable Object> value) {
            this.customFields = new LinkedHashMap<>(value);
            return this;
        }

        /** The platform's own form. */
        public Builder raw(Map<String, @Nullable Object> value) {
            this.raw = new LinkedHashMap<>(value);
            return this;
        }

        /** The finished value. */
        public RecordInfo build() {
            return new RecordInfo(this);
        }
    }
}
