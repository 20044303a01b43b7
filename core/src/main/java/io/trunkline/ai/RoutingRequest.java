package io.trunkline.ai;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An interaction that needs somebody: its id, the skills it needs, and what is known of the customer so far. Parts that
 * are not known are left out. Immutable.
 */
public final class RoutingRequest {

    private final String interactionId;
    private final Set<String> skills;
    private final @Nullable Intent intent;
    private final @Nullable Sentiment sentiment;
    private final @Nullable String language;
    private final @Nullable String preferredAgent;

    private RoutingRequest(Builder builder) {
        this.interactionId = builder.interactionId;
        this.skills = Set.copyOf(builder.skills);
        this.intent = builder.intent;
        this.sentiment = builder.sentiment;
        this.language = builder.language;
        this.preferredAgent = builder.preferredAgent;
    }

    /** Begins a request. */
    public static Builder of(String interactionId) {
        return new Builder(interactionId);
    }

    /** The interaction. */
    public String interactionId() {
        return interactionId;
    }

    /** Skills without which nobody can serve it. */
    public Set<String> skills() {
        return skills;
    }

    /** What the customer wants. */
    public Optional<Intent> intent() {
        return Optional.ofNullable(intent);
    }

    /** How the customer feels. */
    public Optional<Sentiment> sentiment() {
        return Optional.ofNullable(sentiment);
    }

    /** The language, ISO 639-1. */
    public Optional<String> language() {
        return Optional.ofNullable(language);
    }

    /** The agent who served the customer before. */
    public Optional<String> preferredAgent() {
        return Optional.ofNullable(preferredAgent);
    }

    /** Collects the parts of a request. */
    public static final class Builder {

        private final String interactionId;
        private final Set<String> skills = new LinkedHashSet<>();
        private @Nullable Intent intent;
        private @Nullable Sentiment sentiment;
        private @Nullable String language;
        private @Nullable String preferredAgent;

        private Builder(String interactionId) {
            if (interactionId.isBlank()) {
                throw new IllegalArgumentException("interactionId is required, but was blank");
            }
            this.interactionId = interactionId;
        }

        /** One more skill that is needed. */
        public Builder skill(String value) {
            skills.add(value);
            return this;
        }

        /** What the customer wants. */
        public Builder intent(Intent value) {
            this.intent = value;
            return this;
        }

        /** How the customer feels. */
        public Builder sentiment(Sentiment value) {
            this.sentiment = value;
            return this;
        }

        /** The language, ISO 639-1. */
        public Builder language(String value) {
            this.language = value;
            return this;
        }

        /** The agent who served the customer before. */
        public Builder preferredAgent(String value) {
            this.preferredAgent = value;
            return this;
        }

        /** The request. */
        public RoutingRequest build() {
            return new RoutingRequest(this);
        }
    }
}
