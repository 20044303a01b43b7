package io.trunkline.ai;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;

/** Decides who serves an interaction, and says why. */
public interface Router extends Client<Router> {

    /** {@link #route}. */
    Capability ROUTE = Capability.of("routing.route");

    /** Decides. Never waits for what is not there: it decides on less and says so. */
    default RoutingDecision route(RoutingRequest request) {
        throw unsupported(ROUTE);
    }
}
