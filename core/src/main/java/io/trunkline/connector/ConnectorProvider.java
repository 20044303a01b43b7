package io.trunkline.connector;

/**
 * The code for one platform: says what it is and opens connections to it. Providers are stateless and thread-safe, and
 * have a public constructor without parameters if they are to be found by discovery.
 */
public interface ConnectorProvider {

    /** What the connector is, needs and can do, as data. */
    ConnectorDescriptor descriptor();

    /**
     * Opens a connection. Nothing is sent: the first request goes out with the first call.
     *
     * @param settings already checked against the descriptor
     * @param runtime what the library lends to the connection
     * @throws io.trunkline.error.ConfigurationException if settings contradict one another
     */
    Connector open(ConnectorSettings settings, ConnectorRuntime runtime);
}
