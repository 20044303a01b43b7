package io.trunkline.http;

import io.trunkline.value.TimeSource;
import java.net.URI;
import java.util.List;

/**
 * Where a connection's requests go: one address, several of one system, or one that is learnt at run time. The
 * credential goes to these origins and no others. Thread-safe.
 */
public interface Endpoints {

    /**
     * The address for the next attempt, path prefix included.
     *
     * @throws io.trunkline.error.ConnectorException if it must be learnt first and cannot be
     */
    URI choose();

    /** Told that no connection to the address could be made, or that it broke. */
    default void failed(URI endpoint) {}

    /** Told that the address answered. */
    default void answered(URI endpoint) {}

    /** Whether an address that a platform names, such as that of a next page, belongs to this connection. */
    default boolean owns(Origin origin) {
        return Origin.of(choose()).equals(origin);
    }

    /** One address. */
    static Endpoints of(URI endpoint) {
        return new FixedEndpoint(endpoint);
    }

    /**
     * Several addresses of one system, in the order of preference: one that fails is left out for half a minute.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Endpoints of(List<URI> endpoints, TimeSource time) {
        return endpoints.size() == 1 ? of(endpoints.get(0)) : new HealthyEndpoints(endpoints, time);
    }
}
