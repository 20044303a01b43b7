package io.trunkline.auth;

import io.trunkline.http.Authorizer;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.value.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * How a client shows an authorization server who it is. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, 2.3</a>
 */
public final class ClientAuthentication {

    private final String clientId;
    private final UnaryOperator<HttpConnectionSettings.Builder> transport;
    private final BiFunction<URI, Instant, Map<String, String>> fields;

    private ClientAuthentication(
            String clientId,
            UnaryOperator<HttpConnectionSettings.Builder> transport,
            BiFunction<URI, Instant, Map<String, String>> fields) {
        this.clientId = clientId;
        this.transport = transport;
        this.fields = fields;
    }

    /** Id and secret in the {@code Authorization} header, both form-encoded first as the RFC wants it. */
    public static ClientAuthentication basic(String clientId, Secret secret) {
        Authorizer basic = Credentials.basic(encoded(clientId), Secret.of(encoded(secret.reveal())));
        return new ClientAuthentication(clientId, http -> http.authorizer(basic), (endpoint, now) -> Map.of());
    }

    /** Id and secret in the body, for servers that know no other way. */
    public static ClientAuthentication post(String clientId, Secret secret) {
        return new ClientAuthentication(
                clientId,
                UnaryOperator.identity(),
                (endpoint, now) -> Map.of("client_id", clientId, "client_secret", secret.reveal()));
    }

    /** The certificate that the client shows in TLS, with its id in the body ({@code tls_client_auth}, RFC 8705). */
    public static ClientAuthentication certificate(String clientId, KeyStore keys, char[] password) {
        return new ClientAuthentication(
                clientId,
                http -> http.clientCertificate(keys, password),
                (endpoint, now) -> Map.of("client_id", clientId));
    }

    /** A client without a secret: its id in the body, for PKCE, or because an assertion says all. */
    public static ClientAuthentication none(String clientId) {
        return new ClientAuthentication(
                clientId, UnaryOperator.identity(), (endpoint, now) -> Map.of("client_id", clientId));
    }

    /** No trace of the client but the grant's own assertion. */
    public static ClientAuthentication assertionOnly(String clientId) {
        return new ClientAuthentication(clientId, UnaryOperator.identity(), (endpoint, now) -> Map.of());
    }

    /** A signed assertion ({@code private_key_jwt}, RFC 7523). */
    public static ClientAuthentication privateKeyJwt(String clientId, JwtSigner signer) {
        return new ClientAuthentication(
                clientId,
                UnaryOperator.identity(),
                (endpoint, now) -> Map.of(
                        "client_id",
                        clientId,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        signer.assertion(clientId, clientId, endpoint.toString(), now)));
    }

    /** The client's id. */
    public String clientId() {
        return clientId;
    }

    HttpConnectionSettings.Builder on(HttpConnectionSettings.Builder http) {
        return transport.apply(http);
    }

    Map<String, String> formFields(URI tokenEndpoint, Instant now) {
        return fields.apply(tokenEndpoint, now);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
