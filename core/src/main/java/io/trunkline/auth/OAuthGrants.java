package io.trunkline.auth;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ways to a token that OAuth 2.0 knows. */
public final class OAuthGrants {

    private OAuthGrants() {}

    /** The client itself (RFC 6749, 4.4). */
    public static TokenSource clientCredentials(OAuthServer server, Set<String> scopes) {
        Map<String, String> grant = grant("client_credentials", scopes);
        return (previous, deadline) -> server.repeatable(grant, deadline);
    }

    /**
     * A signed assertion of the client for a user (RFC 7523).
     *
     * @param subject the user at the platform
     * @param audience whom the platform wants named, often its login host
     */
    public static TokenSource jwtBearer(
            OAuthServer server, JwtSigner signer, String subject, String audience, TimeSource time) {
        return (previous, deadline) -> {
            Map<String, String> grant = grant("urn:ietf:params:oauth:grant-type:jwt-bearer", Set.of());
            grant.put("assertion", signer.assertion(server.clientId(), subject, audience, time.now()));
            return server.repeatable(grant, deadline);
        };
    }

    /**
     * A refresh token, rotating or not (RFC 6749, 6). Only a person can replace one that the server has refused.
     *
     * @param first the one to begin with, or null if the vault has one from an authorization
     */
    public static TokenSource refreshToken(OAuthServer server, @Nullable Secret first) {
        return new TokenSource() {
            @Override
            public AccessToken obtain(Optional<AccessToken> previous, Deadline deadline) {
                Secret refresh = previous.flatMap(AccessToken::refresh)
                        .or(() -> Optional.ofNullable(first))
                        .orElseThrow(OAuthGrants::notAuthorised);
                Map<String, String> grant = grant("refresh_token", Set.of());
                grant.put("refresh_token", refresh.reveal());
                return server.once(grant, refresh, deadline);
            }

            @Override
            public boolean needsPerson() {
                return true;
            }

            @Override
            public String configured() {
                return first == null ? "" : Macs.sha256Hex(first.reveal());
            }
        };
    }

    static Map<String, String> grant(String type, Set<String> scopes) {
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", type);
        if (!scopes.isEmpty()) {
            grant.put("scope", String.join(" ", new TreeSet<>(scopes)));
        }
        return grant;
    }

    private static RuntimeException notAuthorised() {
        return Failures.of(
                "the connection has not been authorised yet; send a person through the authorization page",
                ErrorContext.of("oauth", "oauth.token", ErrorKind.AUTHENTICATION));
    }
}
