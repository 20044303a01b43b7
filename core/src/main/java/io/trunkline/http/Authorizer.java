package io.trunkline.http;

/**
 * Puts a credential on requests that go to the connection's own origin; requests to any other origin never reach it.
 * Thread-safe. The forms for API keys, OAuth 2.0 and signatures are in {@code io.trunkline.auth}.
 */
public interface Authorizer {

    /**
     * Adds the credential, once for each attempt and after everything else of the request stands.
     *
     * @throws io.trunkline.error.AuthenticationException if there is no credential that could serve
     */
    void authorize(OutgoingRequest request);

    /**
     * Told that the platform refused the credential (401, or what its error decoder calls AUTHENTICATION).
     *
     * @param refused the request as it was sent
     * @return whether a fresh credential is at hand, so that one more attempt makes sense
     */
    default boolean refused(OutgoingRequest refused) {
        return false;
    }

    /** No credential at all. */
    static Authorizer none() {
        return request -> {};
    }
}
