package io.trunkline.crm;

import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a call while it goes on and when it is over; what is not set stays as it is. Immutable. */
public final class CallSummary {

    private final @Nullable Instant endedAt;
    private final @Nullable Duration talked;
    private final @Nullable String disposition;
    private final @Nullable String notes;
    private final @Nullable String transcript;
    private final @Nullable URI recording;
    private final @Nullable RecordRef contact;
    private final @Nullable RecordRef ticket;

    private CallSummary(Builder builder) {
        this.endedAt = builder.endedAt;
        this.talked = builder.talked;
        this.disposition = builder.disposition;
        this.notes = builder.notes;
        this.transcript = builder.transcript;
        this.recording = builder.recording;
        this.contact = builder.contact;
        this.ticket = builder.ticket;
    }

    /** Nothing known yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** When the customer hung up. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** How long they talked. */
    public Optional<Duration> talked() {
        return Optional.ofNullable(talked);
    }

    /** The code of how it ended, in the host's or the platform's words. */
    public Optional<String> disposition() {
        return Optional.ofNullable(disposition);
    }

    /** What an agent or a model noted. */
    public Optional<String> notes() {
        return Optional.ofNullable(notes);
    }

    /** What was said. */
    public Optional<String> transcript() {
        return Optional.ofNullable(transcript);
    }

    /** Where the recording can be heard by whoever may. */
    public Optional<URI> recording() {
        return Optional.ofNullable(recording);
    }

    /** Whom it was with. */
    public Optional<RecordRef> contact() {
        return Optional.ofNullable(contact);
    }

    /** What it was about. */
    public Optional<RecordRef> ticket() {
        return Optional.ofNullable(ticket);
    }

    /** Nothing of the content: it is personal. */
    @Override
    public String toString() {
        return "CallSummary";
    }

    /** Collects what is known. */
    public static final class Builder {

        private @Nullable Instant endedAt;
        private @Nullable Duration talked;
        private @Nullable String disposition;
        private @Nullable String notes;
        private @Nullable String transcript;
        private @Nullable URI recording;
        private @Nullable RecordRef contact;
        private @Nullable RecordRef ticket;

        private Builder() {}

        /** When the customer hung up. */
        public Builder endedAt(Instant value) {
            this.endedAt = value;
            return this;
        }

        /**
         * How long they talked.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder talked(Duration value) {
            if (Objects.requireNonNull(value).isNegative()) {
                throw new IllegalArgumentException("talked must not be negative");
            }
            this.talked = value;
            return this;
        }

        /** The code of how it ended; throws {@link IllegalArgumentException} if it is blank or more than one line. */
        public Builder disposition(String value) {
            this.disposition = DraftText.line("disposition", value);
            return this;
        }

        /** What was noted. */
        public Builder notes(String value) {
            this.notes = value;
            return this;
        }

        /** What was said. */
        public Builder transcript(String value) {
            this.transcript = value;
            return this;
        }

        /** Where the recording can be heard. */
        public Builder recording(URI value) {
            this.recording = value;
            return this;
        }

        /** Whom it was with. */
        public Builder contact(RecordRef value) {
            this.contact = value;
            return this;
        }

        /** What it was about. */
        public Builder ticket(RecordRef value) {
            this.ticket = value;
            return this;
        }

        /** The finished summary. */
        public CallSummary build() {
            return new CallSummary(this);
        }
    }
}
