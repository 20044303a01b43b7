package io.trunkline.messaging;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail to send. Immutable; prints nothing of its people or its text. */
public final class EmailMessage {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?U)<[^\\s\\p{Cntrl}<>]{1,990}>");
    private static final int MOST_RECIPIENTS = 100;

    private final List<MailAddress> to;
    private final List<MailAddress> cc;
    private final List<MailAddress> bcc;
    private final String subject;
    private final String text;
    private final String html;
    private final List<Attachment> attachments;
    private final List<String> references;
    private final @Nullable MailAddress from;
    private final @Nullable MailAddress replyTo;
    private final @Nullable URI unsubscribe;
    private final boolean automatic;

    private EmailMessage(Builder builder) {
        this.to = List.copyOf(builder.to);
        this.cc = List.copyOf(builder.cc);
        this.bcc = List.copyOf(builder.bcc);
        this.subject = builder.subject;
        this.text = builder.text;
        this.html = builder.html;
        this.attachments = List.copyOf(builder.attachments);
        this.references = List.copyOf(builder.references);
        this.from = builder.from;
        this.replyTo = builder.replyTo;
        this.unsubscribe = builder.unsubscribe;
        this.automatic = builder.automatic;
    }

    /** Begins a mail with its subject: one line. */
    public static Builder about(String subject) {
        return new Builder(subject);
    }

    /** Begins an answer that stays in the thread of a received mail and goes to whoever wants the answer. */
    public static Builder reply(ReceivedEmail received) {
        String subject = received.subject().regionMatches(true, 0, "re:", 0, 3)
                ? received.subject()
                : "Re: " + received.subject();
        Builder reply = new Builder(subject).to(received.replyTo());
        received.references().forEach(reply::reference);
        received.messageId().ifPresent(reply::reference);
        return reply;
    }

    /** The recipients that everybody sees. */
    public List<MailAddress> to() {
        return to;
    }

    /** The copies that everybody sees. */
    public List<MailAddress> cc() {
        return cc;
    }

    /** The copies that nobody sees. */
    public List<MailAddress> bcc() {
        return bcc;
    }

    /** The subject. */
    public String subject() {
        return subject;
    }

    /** The plain text; empty if there is only HTML. */
    public String text() {
        return text;
    }

    /** The HTML; empty if there is none. */
    public String html() {
        return html;
    }

    /** Files and inline pictures. */
    public List<Attachment> attachments() {
        return attachments;
    }

    /** Message ids of the thread, oldest first; the last is the one answered. */
    public List<String> references() {
        return references;
    }

    /** The sender, where it is not the connection's own. */
    public Optional<MailAddress> from() {
        return Optional.ofNullable(from);
    }

    /** Where answers shall go. */
    public Optional<MailAddress> replyTo() {
        return Optional.ofNullable(replyTo);
    }

    /** Whether no person wrote it, so that other machines do not answer (RFC 3834). */
    public boolean automatic() {
        return automatic;
    }

    /** Where a recipient of a bulk mail unsubscribes by one click (RFC 8058). */
    public Optional<URI> unsubscribe() {
        return Optional.ofNullable(unsubscribe);
    }

    @Override
    public String toString() {
        return "EmailMessage[" + (to.size() + cc.size() + bcc.size()) + " recipients]";
    }

    /** Collects the parts of a mail. */
    public static final class Builder {

        private final String subject;
        private final List<MailAddress> to = new ArrayList<>();
        private final List<MailAddress> cc = new ArrayList<>();
        private final List<MailAddress> bcc = new ArrayList<>();
        private final List<Attachment> attachments = new ArrayList<>();
        private final List<String> references = new ArrayList<>();
        private String text = "";
        private String html = "";
        private @Nullable MailAddress from;
        private @Nullable MailAddress replyTo;
        private @Nullable URI unsubscribe;
        private boolean automatic;

        private Builder(String subject) {
            if (subject.length() > 900 || subject.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("subject must be one line of at most 900 characters");
            }
            this.subject = subject;
        }

        /** One more recipient. */
        public Builder to(MailAddress value) {
            to.add(Objects.requireNonNull(value));
            return this;
        }

        /** One more copy. */
        public Builder cc(MailAddress value) {
            cc.add(Objects.requireNonNull(value));
            return this;
        }

        /** One more hidden copy. */
        public Builder bcc(MailAddress value) {
            bcc.add(Objects.requireNonNull(value));
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
            attachments.add(Objects.requireNonNull(value));
            return this;
        }

        /** One more message id of the thread, with its angle brackets. */
        public Builder reference(String value) {
            if (!MESSAGE_ID.matcher(value).matches()) {
                throw new IllegalArgumentException("message id must stand in angle brackets without blanks");
            }
            references.add(value);
            return this;
        }

        /** The sender. */
        public Builder from(MailAddress value) {
            this.from = value;
            return this;
        }

        /** Where answers shall go. */
        public Builder replyTo(MailAddress value) {
            this.replyTo = value;
            return this;
        }

        /** Says that a machine wrote it. */
        public Builder automatic() {
            this.automatic = true;
            return this;
        }

        /** An https address that unsubscribes this recipient when it is posted to; large mailbox providers ask for it. */
        public Builder unsubscribe(URI value) {
            if (!"https".equalsIgnoreCase(value.getScheme())) {
                throw new IllegalArgumentException("unsubscribe must be an https address");
            }
            this.unsubscribe = value;
            return this;
        }

        /** The mail. Throws {@link IllegalArgumentException} if it has no recipient, too many, or no text. */
        public EmailMessage build() {
            int recipients = to.size() + cc.size() + bcc.size();
            if (recipients == 0 || recipients > MOST_RECIPIENTS) {
                throw new IllegalArgumentException("a mail must have 1 to " + MOST_RECIPIENTS + " recipients");
            }
            if (text.isEmpty() && html.isEmpty()) {
                throw new IllegalArgumentException("a mail must have a text or HTML");
            }
            return new EmailMessage(this);
        }
    }
}
