package io.trunkline.connector;

import java.util.Optional;

/** One opened connection to a platform: a bundle of typed clients. Thread-safe. */
public interface Connector extends AutoCloseable {

    /** The descriptor of the provider that opened it. */
    ConnectorDescriptor descriptor();

    /**
     * The client of a type, if this connection offers it.
     *
     * @param type an interface such as {@code Contacts}, {@code Sms}, {@code WebhookProtocol} or {@code ChangeFeed}
     * @param <C> the interface
     */
    <C> Optional<C> client(Class<C> type);

    /** Ends what the connector started itself, never what it was lent. Closing again does nothing. */
    @Override
    void close();
}
