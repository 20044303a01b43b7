package io.trunkline.http;

import io.trunkline.value.CallOptions;

/** Any request of the platform's own API, with the connection's credential, limits and origin guard. */
public interface RawApi {

    /**
     * Sends a request. GET and HEAD may be repeated, PUT and DELETE too; POST and PATCH only when provably not sent.
     *
     * @throws io.trunkline.error.SecurityPolicyException if the path leads to another origin; nothing is sent
     * @throws io.trunkline.error.ConnectorException if the platform refuses or cannot be reached
     */
    RawResponse send(RawRequest request, CallOptions options);
}
