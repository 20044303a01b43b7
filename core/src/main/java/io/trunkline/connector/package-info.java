/**
 * The service provider interface: what a platform vendor implements to add a platform. A
 * {@link io.trunkline.connector.ConnectorProvider} describes itself as data and opens a
 * {@link io.trunkline.connector.Connector}, which hands out typed clients.
 */
@NullMarked
package io.trunkline.connector;

import org.jspecify.annotations.NullMarked;
