package io.trunkline.auth;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.http.Authorizer;
import io.trunkline.http.OutgoingRequest;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The credentials that stay the same: keys, passwords, tokens, signatures. */
public final class Credentials {

    private Credentials() {}

    /** A key in a header, such as {@code X-Api-Key}. */
    public static Authorizer apiKeyHeader(String header, Secret key) {
        return fixed(header, key.reveal());
    }

    /** A key in the query, for platforms that know no other way. */
    public static Authorizer apiKeyQuery(String parameter, Secret key) {
        return request -> request.query(parameter, key.reveal());
    }

    /**
     * Name and password (RFC 7617), in UTF-8.
     *
     * @throws IllegalArgumentException if the name holds a colon
     */
    public static Authorizer basic(String user, Secret password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user must not hold a colon");
        }
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return fixed("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** A fixed bearer token (RFC 6750). */
    public static Authorizer bearer(Secret token) {
        return fixed("Authorization", "Bearer " + token.reveal());
    }

    /** A signature over each request. */
    public static Authorizer signed(RequestSigner signer, TimeSource time) {
        return request -> signer.sign(request, time.now());
    }

    private static Authorizer fixed(String header, String value) {
        return request -> put(request, header, value);
    }

    private static void put(OutgoingRequest request, String header, String value) {
        try {
            request.header(header, value);
        } catch (IllegalArgumentException e) {
            throw Failures.of(
                    "the credential has characters that cannot stand in a header; nothing was sent",
                    ErrorContext.of(request.url().getHost(), request.operation(), ErrorKind.AUTHENTICATION));
        }
    }
}
