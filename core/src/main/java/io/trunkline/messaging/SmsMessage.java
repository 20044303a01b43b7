package io.trunkline.messaging;

import io.trunkline.value.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text message to one telephone number. Immutable; prints nothing of the recipient or the text. */
public final class SmsMessage {

    private static final int LONGEST_TEXT = 1600;

    private final PhoneNumber to;
    private final MessageChannel channel;
    private final String text;
    private final List<URI> media;
    private final String reference;
    private final @Nullable String sender;
    private final @Nullable Template template;
    private final @Nullable Instant scheduledAt;
    private final @Nullable Duration validFor;

    private SmsMessage(Builder builder) {
        this.to = builder.to;
        this.channel = builder.channel;
        this.text = builder.text;
        this.media = List.copyOf(builder.media);
        this.reference = builder.reference;
        this.sender = builder.sender;
        this.template = builder.template;
        this.scheduledAt = builder.scheduledAt;
        this.validFor = builder.validFor;
    }

    /**
     * Begins a message. The reference is the host's own id of this message; it is what an unknown outcome is asked by, so
     * it must be unique and must be kept.
     */
    public static Builder to(PhoneNumber number, String reference) {
        return new Builder(number, reference);
    }

    /** The recipient. */
    public PhoneNumber to() {
        return to;
    }

    /** The network; SMS unless said otherwise. */
    public MessageChannel channel() {
        return channel;
    }

    /** The text, empty if a template or media say it all. */
    public String text() {
        return text;
    }

    /** Addresses of pictures and files that the platform fetches. */
    public List<URI> media() {
        return media;
    }

    /** The host's own id of the message. */
    public String reference() {
        return reference;
    }

    /** The sender's number or service, where it is not the connection's own. */
    public Optional<String> sender() {
        return Optional.ofNullable(sender);
    }

    /** The approved template to fill instead of a free text. */
    public Optional<Template> template() {
        return Optional.ofNullable(template);
    }

    /** When to send it, if not at once. */
    public Optional<Instant> scheduledAt() {
        return Optional.ofNullable(scheduledAt);
    }

    /** How long the platform may try to deliver it, where the host sets a bound: a code to log in is soon worth nothing. */
    public Optional<Duration> validFor() {
        return Optional.ofNullable(validFor);
    }

    @Override
    public String toString() {
        return "SmsMessage[" + channel + " " + reference + "]";
    }

    /** Collects the parts of a message. */
    public static final class Builder {

        private final PhoneNumber to;
        private final String reference;
        private final List<URI> media = new ArrayList<>();
        private MessageChannel channel = MessageChannel.SMS;
        private String text = "";
        private @Nullable String sender;
        private @Nullable Template template;
        private @Nullable Instant scheduledAt;
        private @Nullable Duration validFor;

        private Builder(PhoneNumber to, String reference) {
            boolean unfit = reference.isBlank() || reference.length() > 100;
            if (unfit || reference.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("reference must be one line of 1 to 100 characters");
            }
            this.to = Objects.requireNonNull(to);
            this.reference = reference;
        }

        /** The text, of 1 to 1600 characters. */
        public Builder text(String value) {
            if (value.isBlank() || value.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException("text must have 1 to " + LONGEST_TEXT + " characters");
            }
            this.text = value;
            return this;
        }

        /** The network. */
        public Builder over(MessageChannel value) {
            this.channel = value;
            return this;
        }

        /** A picture or file at an https address that the platform can reach. */
        public Builder media(URI value) {
            if (!"https".equalsIgnoreCase(value.getScheme())) {
                throw new IllegalArgumentException("media must have an https address");
            }
            media.add(value);
            return this;
        }

        /** The sender's number or service. */
        public Builder sender(String value) {
            this.sender = value;
            return this;
        }

        /** An approved template. */
        public Builder template(Template value) {
            this.template = value;
            return this;
        }

        /** A later time. */
        public Builder scheduledAt(Instant value) {
            this.scheduledAt = value;
            return this;
        }

        /** A bound on the platform's attempts; needs {@link Sms#VALIDITY}. */
        public Builder validFor(Duration value) {
            if (value.toSeconds() < 1) {
                throw new IllegalArgumentException("a message must be valid for a second at least");
            }
            this.validFor = value;
            return this;
        }

        /** The message. Throws {@link IllegalArgumentException} if it says nothing. */
        public SmsMessage build() {
            if (text.isEmpty() && media.isEmpty() && template == null) {
                throw new IllegalArgumentException("a message needs a text, media or a template");
            }
            return new SmsMessage(this);
        }
    }
}
