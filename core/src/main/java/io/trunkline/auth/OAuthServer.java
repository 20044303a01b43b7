package io.trunkline.auth;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Origin;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint of one authorization server, with the way in which this client shows who it is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749</a>
 */
public final class OAuthServer {

    private static final int LONGEST_TOKEN = 16_000;

    private final String connection;
    private final URI tokenEndpoint;
    private final ClientAuthentication client;
    private final TimeSource time;
    private final TokenApi api;

    /**
     * A server.
     *
     * @param connection the connection's name, for errors
     * @param tokenEndpoint the full address; the client's secret goes to its origin and no other
     * @param client how this client shows who it is
     * @param http the transport
     * @param time the clock
     */
    public OAuthServer(
            String connection, URI tokenEndpoint, ClientAuthentication client, HttpStack http, TimeSource time) {
        this.tokenEndpoint = tokenEndpoint;
        this.client = client;
        this.time = time;
        this.connection = connection;
        HttpConnection server =
                http.connect(client.on(HttpConnectionSettings.builder(connection, Endpoints.of(origin().uri())))
                        .errors(new OAuthErrors())
                        .resilience(ResilienceSettings.DEFAULT.breaker(null))
                        .build());
        this.api = server.api(TokenApi.class);
    }

    /** The server's origin, which is part of a token's key. */
    public Origin origin() {
        return Origin.of(tokenEndpoint);
    }

    /** The client's id. */
    public String clientId() {
        return client.clientId();
    }

    /** The address of the token endpoint, which assertions name as their audience. */
    public URI tokenEndpoint() {
        return tokenEndpoint;
    }

    /**
     * Asks for a token by a grant that may be asked again: client credentials, assertion.
     *
     * @throws io.trunkline.error.ConnectorException as the server's error says
     */
    AccessToken repeatable(Map<String, String> grant, Deadline deadline) {
        Instant asked = time.now();
        return token(asked(api.repeatable(tokenEndpoint.toString(), form(grant)), deadline), asked, null);
    }

    /**
     * Asks for a token by a grant that the server may accept only once: code, refresh token.
     *
     * @param keptRefresh the refresh token that stays if the answer brings none
     * @throws io.trunkline.error.ConnectorException as the server's error says
     */
    AccessToken once(Map<String, String> grant, @Nullable Secret keptRefresh, Deadline deadline) {
        Instant asked = time.now();
        return token(asked(api.once(tokenEndpoint.toString(), form(grant)), deadline), asked, keptRefresh);
    }

    /** An answer that was lost leaves the token unknown, but not the call that needs it: that was never sent. */
    private Map<String, @Nullable Object> asked(ApiCall<Map<String, @Nullable Object>> call, Deadline deadline) {
        try {
            return call.execute(CallOptions.DEFAULT.deadline(deadline));
        } catch (OutcomeUnknownException e) {
            throw Failures.of(
                    "the authorization server's answer was lost, so there is no token; nothing else was sent",
                    ErrorContext.of(connection, "oauth.token", ErrorKind.UNAVAILABLE),
                    e);
        }
    }

    private Map<String, String> form(Map<String, String> grant) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.putAll(client.formFields(tokenEndpoint, time.now()));
        return form;
    }

    private AccessToken token(Map<String, @Nullable Object> answer, Instant asked, @Nullable Secret keptRefresh) {
        Map<String, String> texts = new HashMap<>();
        answer.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number) {
                texts.put(name, value.toString());
            }
        });
        String access = texts.remove("access_token");
        if (access == null || !sendable(access)) {
            throw Failures.of(
                    "the authorization server's answer holds no access_token that could be sent",
                    ErrorContext.of(connection, "oauth.token", ErrorKind.PROTOCOL));
        }
        String refresh = texts.remove("refresh_token");
        texts.remove("id_token");
        Secret next = refresh == null || refresh.isBlank() ? keptRefresh : Secret.of(refresh);
        return new AccessToken(Secret.of(access), next, asked, expiry(texts.get("expires_in"), asked), texts);
    }

    private static boolean sendable(String token) {
        return !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** A life of zero would mean a new token for each call, so it counts as not told. */
    private static @Nullable Instant expiry(@Nullable String seconds, Instant asked) {
        if (seconds == null || !seconds.matches("[0-9]{1,9}(\\.[0-9]+)?")) {
            return null;
        }
        long life = (long) Double.parseDouble(seconds);
        return life == 0 ? null : asked.plusSeconds(life);
    }
}
