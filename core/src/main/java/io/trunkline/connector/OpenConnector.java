package io.trunkline.connector;

import io.trunkline.http.HttpConnection;
import io.trunkline.http.RawApi;
import io.trunkline.resilience.HealthSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An opened connector that is nothing but its clients. Made by a provider's {@code open}. */
public final class OpenConnector implements Connector {

    private final ConnectorDescriptor descriptor;
    private final Map<Class<?>, Object> clients;
    private final Runnable onClose;

    private OpenConnector(Builder builder) {
        this.descriptor = builder.descriptor;
        this.clients = Collections.unmodifiableMap(new LinkedHashMap<>(builder.clients));
        this.onClose = builder.onClose;
    }

    /** Begins with the provider's descriptor. */
    public static Builder of(ConnectorDescriptor descriptor) {
        return new Builder(descriptor);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public <C> Optional<C> client(Class<C> type) {
        return Optional.ofNullable(clients.get(type)).map(type::cast);
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** Collects the clients. */
    public static final class Builder {

        private final ConnectorDescriptor descriptor;
        private final Map<Class<?>, Object> clients = new LinkedHashMap<>();
        private Runnable onClose = () -> {};

        private Builder(ConnectorDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        /** Offers a client under its interface. */
        public <C> Builder offer(Class<C> type, C client) {
            clients.put(type, client);
            return this;
        }

        /** Offers what every connection over HTTP has: raw requests and its health. */
        public Builder http(HttpConnection connection) {
            return offer(RawApi.class, connection.raw()).offer(HealthSource.class, connection);
        }

        /** What to end with the connection; it must not wait. */
        public Builder onClose(Runnable value) {
            this.onClose = value;
            return this;
        }

        /** The connector. */
        public OpenConnector build() {
            return new OpenConnector(this);
        }
    }
}
