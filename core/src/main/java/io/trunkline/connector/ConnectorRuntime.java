package io.trunkline.connector;

import io.trunkline.http.HttpStack;
import io.trunkline.resilience.CallListener;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;

/**
 * What the library lends to a connection. The connector closes none of it.
 *
 * @param connection the connection's name
 * @param http makes HTTP connections with retry, deadline, limits and origin guard
 * @param time the clock
 * @param store where the connection keeps what must outlive the process: tokens, cursors, keys of what was done; sealed
 *     if the application says so
 * @param listener is told of attempts, outcomes and health
 */
public record ConnectorRuntime(
        String connection, HttpStack http, TimeSource time, Store store, CallListener listener) {}
