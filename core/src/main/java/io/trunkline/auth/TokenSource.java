package io.trunkline.auth;

import io.trunkline.value.Deadline;
import java.util.Optional;

/** Where a new token is had: one request to an authorization server. Thread-safe. */
public interface TokenSource {

    /**
     * Asks for a token.
     *
     * @param previous the last one, whose refresh token may be used; empty at the very first
     * @param deadline when the answer is worthless
     * @throws io.trunkline.error.AuthenticationException if the server refuses for good
     * @throws io.trunkline.error.ConnectorException if it cannot be asked
     */
    AccessToken obtain(Optional<AccessToken> previous, Deadline deadline);

    /** Whether a refused token means that a person must authorise again, because there is no other way to a new one. */
    default boolean needsPerson() {
        return false;
    }

    /** A fingerprint of what the settings hold for it, by which a change of them is noticed; empty if they hold nothing. */
    default String configured() {
        return "";
    }
}
