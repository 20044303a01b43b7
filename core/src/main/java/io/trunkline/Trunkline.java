package io.trunkline;

import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.HttpStack;
import io.trunkline.http.RawApi;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.ConnectionHealth;
import io.trunkline.resilience.HealthSource;
import io.trunkline.resilience.LoggingListener;
import io.trunkline.store.DataCipher;
import io.trunkline.store.SealedStore;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The library, opened: named connections and their typed clients. Thread-safe; one for the whole application is meant.
 * Closing it ends within 10 seconds and leaves none of its threads.
 */
public final class Trunkline implements AutoCloseable {

    private static final Closing CLOSING = new Closing(Duration.ofSeconds(8), Duration.ofMillis(1_500));

    private final Map<String, Connector> connections;
    private final HttpStack http;
    private final Store store;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Trunkline(Map<String, Connector> connections, HttpStack http, Store store) {
        this.connections = Collections.unmodifiableMap(connections);
        this.http = http;
        this.store = store;
    }

    /** Begins with no connection. */
    public static Builder builder() {
        return new Builder();
    }

    /** The names of all connections, in the order in which they were named. */
    public Set<String> connections() {
        return connections.keySet();
    }

    /** What a connection's connector is and can. Throws {@link ConfigurationException} if there is no such connection. */
    public ConnectorDescriptor descriptor(String connection) {
        return connector(connection).descriptor();
    }

    /**
     * A connection's client of a kind.
     *
     * @throws ConfigurationException if there is no such connection, or its platform offers no such client
     */
    public <C> C client(Class<C> type, String connection) {
        Connector connector = connector(connection);
        return connector
                .client(type)
                .orElseThrow(() -> wrong(
                        connection,
                        connector.descriptor().displayName() + " offers no " + type.getSimpleName()
                                + "; choose a connection that does"));
    }

    /** The clients of a kind of all connections that offer it, by connection. */
    public <C> Map<String, C> clients(Class<C> type) {
        Map<String, C> found = new LinkedHashMap<>();
        connections.forEach((name, connector) -> connector.client(type).ifPresent(client -> found.put(name, client)));
        return Collections.unmodifiableMap(found);
    }

    /**
     * Asks the platform whether the connection's credential is good, by a request that changes nothing.
     *
     * @return who the credential belongs to, in the platform's words
     * @throws io.trunkline.error.AuthenticationException if it is refused
     */
    public String verify(String connection, Duration timeout) {
        return client(ConnectionCheck.class, connection).verify(CallOptions.within(timeout));
    }

    /** Any request of the platform's own API, with the connection's credential, limits and origin guard. */
    public RawApi raw(String connection) {
        return client(RawApi.class, connection);
    }

    /** Where the library keeps durable state, sealed if it was told to; for receivers, outboxes and synchronisations. */
    public Store store() {
        return store;
    }

    /** A connection's health as its last calls have shown it; empty for one that makes no calls. */
    public Optional<ConnectionHealth> health(String connection) {
        return connector(connection).client(HealthSource.class).map(HealthSource::health);
    }

    /**
     * Ends all connections: waiting callers get an error, and nothing is sent afterwards. May be called twice. OkHttp's
     * two daemon threads, which all its users in a process share, end by themselves after a minute.
     */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            CLOSING.end(connections, http, store);
        }
    }

    private Connector connector(String connection) {
        Connector connector = connections.get(connection);
        if (connector == null) {
            throw wrong(connection, "there is no connection of this name; there are " + connections.keySet());
        }
        return connector;
    }

    private static ConfigurationException wrong(String connection, String message) {
        return new ConfigurationException(
                message, ErrorContext.of(connection, "client", ErrorKind.CONFIGURATION), null);
    }

    /** Collects connections and what they share. */
    public static final class Builder {

        private final ConnectionPlans plans = new ConnectionPlans();
        private final HttpStack.Builder http = HttpStack.builder();
        private TimeSource time = TimeSource.system();
        private final List<CallListener> listeners = new ArrayList<>(List.of(new LoggingListener()));
        private @Nullable Store store;
        private @Nullable DataCipher cipher;

        private Builder() {}

        /** Names a connection and says how to open it, as a connector's own factory methods do. */
        public Builder connect(String name, ConnectorSetup setup) {
            plans.add(name, setup);
            return this;
        }

        /** Makes a connector known by its id, so that a settings file can name it. */
        public Builder provider(ConnectorProvider provider) {
            plans.provider(provider);
            return this;
        }

        /** Makes every connector on the class path known by its id, through {@link java.util.ServiceLoader}. */
        public Builder discover() {
            plans.discover();
            return this;
        }

        /**
         * Adds the connections of a settings file, {@code .properties} or {@code .yaml}: {@code crm.connector = salesforce},
         * then the connector's settings under the same name. {@code ${NAME}} stands for a variable of the environment.
         */
        public Builder settings(Path file) {
            plans.file(SettingsFile.read(file));
            return this;
        }

        /** Where {@code ${NAME}} in a settings file is looked up; the process's environment unless said otherwise. */
        public Builder environment(UnaryOperator<@Nullable String> variables) {
            plans.environment(variables);
            return this;
        }

        /** Adds a listener to attempts, outcomes, breakers, budgets and health. slf4j is always told. */
        public Builder listener(CallListener value) {
            listeners.add(value);
            return this;
        }

        /** Where tokens and durable state are kept; memory unless said otherwise. It is closed with the library. */
        public Builder store(Store value) {
            this.store = value;
            return this;
        }

        /** Makes all that is kept in the store unreadable where it lies, as {@link SealedStore} says. */
        public Builder encryption(DataCipher value) {
            this.cipher = value;
            return this;
        }

        /** The clock; for tests. */
        public Builder time(TimeSource value) {
            this.time = value;
            return this;
        }

        /** A proxy for all connections. */
        public Builder proxy(Proxy value) {
            http.proxy(value);
            return this;
        }

        /** A proxy for all connections that asks for name and password; they never go on to a platform. */
        public Builder proxy(Proxy value, String user, Secret password) {
            http.proxy(value, user, password);
            return this;
        }

        /** Certificate authorities to trust instead of the JDK's. */
        public Builder trust(KeyStore value) {
            http.trust(value);
            return this;
        }

        /**
         * Opens every connection. Nothing is sent.
         *
         * @throws ConfigurationException naming every wrong setting of every connection
         */
        public Trunkline build() {
            Map<String, ConnectorSetup> setups = plans.checked();
            CallListener listener = CallListener.all(listeners);
            HttpStack stack = http.time(time).listener(listener).build();
            Store given = store == null ? Store.inMemory(time) : store;
            Map<String, Connector> opened = new LinkedHashMap<>();
            try {
                Store shared = cipher == null ? given : SealedStore.over(given, cipher);
                setups.forEach((name, setup) -> opened.put(
                        name,
                        setup.provider()
                                .open(setup.settings(), new ConnectorRuntime(name, stack, time, shared, listener))));
                return new Trunkline(opened, stack, shared);
            } catch (RuntimeException e) {
                CLOSING.end(opened, stack, given);
                throw e;
            }
        }
    }
}
