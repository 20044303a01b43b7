package io.trunkline.messaging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mail from the mailbox. Immutable; prints nothing of its people or its text. */
public final class ReceivedEmail {

    private final long uid;
    private final EmailKind kind;
    private final MailAddress from;
    private final MailAddress replyTo;
    private final List<MailAddress> to;
    private final String subject;
    private final String text;
    private final String html;
    private final List<Attachment> attachments;
    private final List<String> references;
    private final List<DeliveryFailure> failures;
    private final @Nullable String returnedId;
    private final @Nullable String messageId;
    private final Instant receivedAt;

    private ReceivedEmail(Builder builder) {
        this.uid = builder.uid;
        this.kind = builder.kind;
        this.from = Objects.requireNonNull(builder.from, "from");
        this.replyTo = builder.replyTo == null ? this.from : builder.replyTo;
        this.to = List.copyOf(builder.to);
        this.subject = builder.subject;
        this.text = builder.text;
        this.html = builder.html;
        this.attachments = List.copyOf(builder.attachments);
        this.references = List.copyOf(builder.references);
        this.failures = List.copyOf(builder.failures);
        this.returnedId = builder.returnedId;
        this.messageId = builder.messageId;
        this.receivedAt = builder.receivedAt;
    }

    /** Begins a mail with its number in the mailbox and its sender. */
    public static Builder of(long uid, MailAddress from) {
        Builder builder = new Builder(uid);
        builder.from = from;
        return builder;
    }

    /** The mail's number in the mailbox. */
    public long uid() {
        return uid;
    }

    /** What it is. */
    public EmailKind kind() {
        return kind;
    }

    /** Whether a machine may answer it without starting a loop. */
    public boolean answerable() {
        return kind == EmailKind.PERSONAL;
    }

    /** The sender. */
    public MailAddress from() {
        return from;
    }

    /** Where an answer goes. */
    public MailAddress replyTo() {
        return replyTo;
    }

    /** The recipients named in the head. */
    public List<MailAddress> to() {
        return to;
    }

    /** The subject. */
    public String subject() {
        return subject;
    }

    /** The plain text; empty if there is none. */
    public String text() {
        return text;
    }

    /** The HTML; empty if there is none. It is the sender's: show it only cleaned. */
    public String html() {
        return html;
    }

    /** Files and inline pictures. */
    public List<Attachment> attachments() {
        return attachments;
    }

    /** Message ids of the thread before this mail, oldest first. */
    public List<String> references() {
        return references;
    }

    /** The message id; a broken sender leaves it out. */
    public Optional<String> messageId() {
        return Optional.ofNullable(messageId);
    }

    /** Which recipients a delivery report says were not reached; empty for any other mail. */
    public List<DeliveryFailure> failures() {
        return failures;
    }

    /** The message id of the mail that a delivery report is about, where it says so. */
    public Optional<String> returnedMessageId() {
        return Optional.ofNullable(returnedId);
    }

    /** When the mailbox got it. */
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public String toString() {
        return "ReceivedEmail[" + uid + " " + kind + "]";
    }

    /** Collects the parts of a mail. */
    public static final class Builder {

        private final long uid;
        private final List<MailAddress> to = new ArrayList<>();
        private final List<Attachment> attachments = new ArrayList<>();
        private final List<String> references = new ArrayList<>();
        private final List<DeliveryFailure> failures = new ArrayList<>();
        private EmailKind kind = EmailKind.PERSONAL;
        private String subject = "";
        private String text = "";
        private String html = "";
        private Instant receivedAt = Instant.EPOCH;
        private @Nullable MailAddress from;
        private @Nullable MailAddress replyTo;
        private @Nullable String returnedId;
        private @Nullable String messageId;

        private Builder(long uid) {
            this.uid = uid;
        }

        /** What it is. */
        public Builder kind(EmailKind value) {
            this.kind = value;
            return this;
        }

        /** Where an answer goes, if not to the sender. */
        public Builder replyTo(MailAddress value) {
            this.replyTo = value;
            return this;
        }

        /** One more recipient. */
        public Builder to(MailAddress value) {
            to.add(value);
            return this;
        }

        /** The subject. */
        public Builder subject(String value) {
            this.subject = value;
            return this;
        }

        /** The plain text. */
        public Builder text(String value) {
            this.text = value;
            return this;
        }

        /** The HTML. */
        public Builder html(String value) {
            this.html = value;
            return this;
        }

        /** One more file. */
        public Builder attach(Attachment value) {
            attachments.add(value);
            return this;
        }

        /** One more message id of the thread. */
        public Builder reference(String value) {
            references.add(value);
            return this;
        }

        /** The message id. */
        public Builder messageId(String value) {
            this.messageId = value;
            return this;
        }

        /** One more recipient that was not reached. */
        public Builder failure(DeliveryFailure value) {
            failures.add(value);
            return this;
        }

        /** The message id of the mail that came back. */
        public Builder returnedMessageId(String value) {
            this.returnedId = value;
            return this;
        }

        /** When the mailbox got it. */
        public Builder receivedAt(Instant value) {
            this.receivedAt = value;
            return this;
        }

        /** The mail. */
        public ReceivedEmail build() {
            return new ReceivedEmail(this);
        }
    }
}
