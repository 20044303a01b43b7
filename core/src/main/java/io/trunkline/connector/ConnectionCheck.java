package io.trunkline.connector;

import io.trunkline.value.CallOptions;

/** A connection's own test: one cheap call that shows whether address and credential serve. */
public interface ConnectionCheck {

    /**
     * Makes the call.
     *
     * @param options the time it may take
     * @return who the platform says that the credential belongs to, for a person to read; without secrets
     * @throws io.trunkline.error.AuthenticationException if the platform refuses the credential
     * @throws io.trunkline.error.ConnectorException if the platform cannot be asked
     */
    String verify(CallOptions options);
}
