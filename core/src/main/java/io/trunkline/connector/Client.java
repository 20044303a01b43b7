package io.trunkline.connector;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.UnsupportedCapabilityException;
import io.trunkline.value.CallOptions;
import java.util.Set;

/**
 * What every typed client of a category has in common. Operations that a connector does not offer keep their default
 * form, which throws before any request.
 *
 * @param <C> the client's own type
 */
public interface Client<C> {

    /** The name of the connection that the client works through. */
    String connection();

    /** What this client can do: the capabilities of the connector that concern it. */
    Set<Capability> capabilities();

    /** A view of this client whose calls are made with the given options; the client itself stays as it was. */
    C with(CallOptions options);

    /** Whether the client can do something. */
    default boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    /** The exception of an operation that the connector does not offer, to be thrown before any request. */
    default UnsupportedCapabilityException unsupported(Capability capability) {
        return new UnsupportedCapabilityException(
                "the connector does not offer this; ask can(" + capability.id() + ") first",
                ErrorContext.of(connection(), capability.id(), ErrorKind.UNSUPPORTED),
                null);
    }
}
