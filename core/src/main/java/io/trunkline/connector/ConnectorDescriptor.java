package io.trunkline.connector;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connector is, needs and can do, as data: forms, error messages, the table of the README and the conformance
 * kit are made from it. Immutable.
 */
public final class ConnectorDescriptor {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");

    private final String id;
    private final String displayName;
    private final Category category;
    private final List<Setting<?>> settings;
    private final Set<CredentialKind> credentials;
    private final NavigableSet<Capability> capabilities;
    private final @Nullable URI documentation;

    private ConnectorDescriptor(Builder builder) {
        this.id = builder.id;
        this.displayName = builder.displayName;
        this.category = builder.category;
        this.settings = List.copyOf(builder.settings);
        this.credentials = Collections.unmodifiableSet(EnumSet.copyOf(builder.credentials));
        this.capabilities = Collections.unmodifiableNavigableSet(new TreeSet<>(builder.capabilities));
        this.documentation = builder.documentation;
    }

    /**
     * Starts a description.
     *
     * @param id lower-case letters, digits and hyphens, unique among providers, such as {@code salesforce}
     * @param displayName the platform's name as its owner writes it
     * @param category the kind of platform
     * @throws IllegalArgumentException if the id is of another form
     */
    public static Builder builder(String id, String displayName, Category category) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("connector id must be lower-case letters, digits and hyphens");
        }
        return new Builder(id, displayName, category);
    }

    /** The id, unique among providers. */
    public String id() {
        return id;
    }

    /** The platform's name as its owner writes it. */
    public String displayName() {
        return displayName;
    }

    /** The kind of platform. */
    public Category category() {
        return category;
    }

    /** The settings in the order a form would show them. */
    public List<Setting<?>> settings() {
        return settings;
    }

    /** The ways of proving who calls. */
    public Set<CredentialKind> credentials() {
        return credentials;
    }

    /** What it can do, in the order of the ids. */
    public NavigableSet<Capability> capabilities() {
        return capabilities;
    }

    /** The capabilities of one client, such as all that begin with {@code contacts.}. */
    public Set<Capability> capabilitiesOf(String client) {
        Set<Capability> own = new TreeSet<>();
        capabilities.stream().filter(c -> c.id().startsWith(client + ".")).forEach(own::add);
        return Collections.unmodifiableSet(own);
    }

    /** The platform's own reference. */
    public Optional<URI> documentation() {
        return Optional.ofNullable(documentation);
    }

    /** The id. */
    @Override
    public String toString() {
        return "ConnectorDescriptor[" + id + "]";
    }

    /** Collects the description. */
    public static final class Builder {

        private final String id;
        private final String displayName;
        private final Category category;
        private final List<Setting<?>> settings = new ArrayList<>();
        private final Set<CredentialKind> credentials = EnumSet.noneOf(CredentialKind.class);
        private final Set<Capability> capabilities = new TreeSet<>();
        private @Nullable URI documentation;

        private Builder(String id, String displayName, Category category) {
            this.id = id;
            this.displayName = displayName;
            this.category = category;
        }

        /** Adds settings, in the order a form would show them. */
        public Builder settings(Setting<?>... values) {
            settings.addAll(List.of(values));
            return this;
        }

        /** Adds settings, in the order a form would show them. */
        public Builder settings(List<? extends Setting<?>> values) {
            settings.addAll(values);
            return this;
        }

        /** Adds ways of proving who calls. */
        public Builder credentials(CredentialKind... values) {
            credentials.addAll(List.of(values));
            return this;
        }

        /** Adds capabilities. */
        public Builder capabilities(Capability... values) {
            capabilities.addAll(List.of(values));
            return this;
        }

        /** The platform's own reference. */
        public Builder documentation(String url) {
            this.documentation = URI.create(url);
            return this;
        }

        /**
         * The finished description.
         *
         * @throws IllegalStateException if no credential kind was named, or a setting twice
         */
        public ConnectorDescriptor build() {
            if (credentials.isEmpty()) {
                throw new IllegalStateException("credentials are required: name CredentialKind.NONE if there are none");
            }
            if (settings.stream().map(Setting::name).distinct().count() != settings.size()) {
                throw new IllegalStateException("a setting of connector " + id + " is named twice");
            }
            return new ConnectorDescriptor(this);
        }
    }
}
