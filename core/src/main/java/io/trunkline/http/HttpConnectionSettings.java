package io.trunkline.http;

import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.Lane;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a connector tells the transport of its platform. Immutable. */
public final class HttpConnectionSettings {

    private final String connection;
    private final Endpoints endpoints;
    private final Authorizer authorizer;
    private final ErrorDecoder errors;
    private final RateReader rateReader;
    private final ResilienceSettings resilience;
    private final Duration timeout;
    private final Duration bulkTimeout;
    private final @Nullable Duration attemptTimeout;
    private final @Nullable ClientCertificate certificate;

    private HttpConnectionSettings(Builder builder) {
        this.connection = builder.connection;
        this.endpoints = builder.endpoints;
        this.authorizer = builder.authorizer;
        this.errors = builder.errors;
        this.rateReader = builder.rateReader;
        this.resilience = builder.resilience;
        this.timeout = builder.timeout;
        this.bulkTimeout = builder.bulkTimeout;
        this.attemptTimeout = builder.attemptTimeout;
        this.certificate = builder.certificate;
    }

    /**
     * Starts with what every connection needs.
     *
     * @param connection the connection's name
     * @param endpoints where requests go
     */
    public static Builder builder(String connection, Endpoints endpoints) {
        return new Builder(connection, endpoints);
    }

    String connection() {
        return connection;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    ErrorDecoder errors() {
        return errors;
    }

    RateReader rateReader() {
        return rateReader;
    }

    ResilienceSettings resilience() {
        return resilience;
    }

    Duration timeout(Lane lane) {
        return lane == Lane.BULK ? bulkTimeout : timeout;
    }

    Optional<Duration> attemptTimeout() {
        return Optional.ofNullable(attemptTimeout);
    }

    Optional<ClientCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Collects the settings. */
    public static final class Builder {

        private final String connection;
        private final Endpoints endpoints;
        private Authorizer authorizer = Authorizer.none();
        private ErrorDecoder errors = new StatusErrors();
        private RateReader rateReader = (headers, now) -> Optional.empty();
        private ResilienceSettings resilience = ResilienceSettings.DEFAULT;
        private Duration timeout = Duration.ofSeconds(10);
        private Duration bulkTimeout = Duration.ofMinutes(2);
        private @Nullable Duration attemptTimeout;
        private @Nullable ClientCertificate certificate;

        private Builder(String connection, Endpoints endpoints) {
            this.connection = Objects.requireNonNull(connection);
            this.endpoints = Objects.requireNonNull(endpoints);
        }

        /** What puts the credential on requests; none by default. */
        public Builder authorizer(Authorizer value) {
            this.authorizer = value;
            return this;
        }

        /** What reads the platform's errors; the HTTP status alone by default. */
        public Builder errors(ErrorDecoder value) {
            this.errors = value;
            return this;
        }

        /** What reads the platform's quota headers; none by default. */
        public Builder rateReader(RateReader value) {
            this.rateReader = value;
            return this;
        }

        /** Retries, quota, width and breaker. */
        public Builder resilience(ResilienceSettings value) {
            this.resilience = value;
            return this;
        }

        /** The time limits of a call, all retries included: 10 s interactive and 2 min bulk by default. */
        public Builder timeouts(Duration interactive, Duration bulk) {
            this.timeout = interactive;
            this.bulkTimeout = bulk;
            return this;
        }

        /** The time limit of one attempt; by default what is left of the call's. */
        public Builder attemptTimeout(@Nullable Duration value) {
            this.attemptTimeout = value;
            return this;
        }

        /** The certificate that this side shows in TLS. */
        public Builder clientCertificate(KeyStore keys, char[] password) {
            this.certificate = new ClientCertificate(keys, password);
            return this;
        }

        /** The finished settings. */
        public HttpConnectionSettings build() {
            return new HttpConnectionSettings(this);
        }
    }
}
