package io.trunkline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.Authorizer;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.RawRequest;
import io.trunkline.mapping.Json;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client, and how a connection, shows who it is. */
@Timeout(60)
final class ClientAuthenticationTest {

    private final TimeSource time = TimeSource.system();

    private Map<String, String> sent(TokenServer server, ClientAuthentication client) {
        OAuthGrants.clientCredentials(server.oauth(client, time), Set.of("write", "read"))
                .obtain(Optional.empty(), TokenServer.soon());
        Map<String, String> form = new HashMap<>();
        for (String pair : server.server.lastRequest().getBody().utf8().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    @Test
    void basic_idAndSecret_areInTheHeadAndNotInTheBody() {
        try (TokenServer server = new TokenServer()) {
            Map<String, String> form = sent(server, ClientAuthentication.basic("id", Secret.of("pass word%")));

            String header = server.server.lastRequest().getHeaders().get("Authorization");
            assertEquals(
                    "id:pass+word%25",
                    new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8));
            assertEquals(Set.of("grant_type", "scope"), form.keySet());
            assertEquals("read write", form.get("scope"));
        }
    }

    @Test
    void post_idAndSecret_areInTheBodyAndNotInTheHead() {
        try (TokenServer server = new TokenServer()) {
            Map<String, String> form = sent(server, ClientAuthentication.post("id", Secret.of("s&e=c")));

            assertNull(server.server.lastRequest().getHeaders().get("Authorization"));
            assertEquals("id", form.get("client_id"));
            assertEquals("s&e=c", form.get("client_secret"));
        }
    }

    @Test
    void none_onlyTheId_isSent() {
        try (TokenServer server = new TokenServer()) {
            Map<String, String> form = sent(server, ClientAuthentication.none("public"));

            assertEquals("public", form.get("client_id"));
            assertFalse(form.containsKey("client_secret"));
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, RS256", "EC, ES256"})
    void privateKeyJwt_assertion_isSignedForTheTokenEndpointAndFreshEachTime(String kind, String algorithm)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        KeyPair pair = generator.generateKeyPair();
        ClientAuthentication client = ClientAuthentication.privateKeyJwt("id", new JwtSigner(pair.getPrivate()));
        Set<Object> ids = new HashSet<>();
        try (TokenServer server = new TokenServer()) {
            for (int i = 0; i < 3; i++) {
                Map<String, String> form = sent(server, client);
                String[] parts = form.get("client_assertion").split("\\.", -1);
                Map<String, Object> head = Json.object(Base64.getUrlDecoder().decode(parts[0]));
                Map<String, Object> claims = Json.object(Base64.getUrlDecoder().decode(parts[1]));

                assertEquals(
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form.get("client_assertion_type"));
                assertEquals(algorithm, head.get("alg"));
                assertEquals("id", claims.get("iss"));
                assertEquals("id", claims.get("sub"));
                assertEquals(server.server.uri().resolve("token").toString(), claims.get("aud"));
                assertTrue(ids.add(claims.get("jti")), "a jti is used once");
                assertTrue(verified(pair, kind, parts));
            }
        }
    }

    private static boolean verified(KeyPair pair, String kind, String[] parts) throws Exception {
        Signature check = Signature.getInstance(kind.equals("EC") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
        check.initVerify(pair.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return check.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, AUTHENTICATION, 400",
        "invalid_client, AUTHENTICATION, 401",
        "unauthorized_client, AUTHENTICATION, 400",
        "invalid_scope, INVALID_REQUEST, 400",
        "unsupported_grant_type, INVALID_REQUEST, 400",
        "temporarily_unavailable, UNAVAILABLE, 503",
        "slow_down, RATE_LIMITED, 400"
    })
    void errorOfTheServer_isTheKindThatTellsTheNextStep(String code, ErrorKind kind, int status) {
        try (TokenServer server = new TokenServer()) {
            String person = Canary.email();
            server.spoil = good -> LocalServer.json(
                            status, "{\"error\":\"" + code + "\",\"error_description\":\"" + person + "\"}")
                    .newBuilder()
                    .addHeader("Retry-After", "3600")
                    .build();

            ConnectorException thrown = Leaks.saw(
                    assertThrows(ConnectorException.class, () -> sent(server, ClientAuthentication.none("id"))));

            assertEquals(kind, thrown.kind());
            assertEquals(Optional.of(code), thrown.context().platformCode());
        }
    }

    private static LocalServer echoing() {
        return LocalServer.answering(LocalServer.json(200, "{}"));
    }

    private static void call(TokenServer any, LocalServer platform, Authorizer authorizer) {
        HttpConnection connection = any.http.connect(HttpConnectionSettings.builder("crm", Endpoints.of(platform.uri()))
                .authorizer(authorizer)
                .build());
        connection.raw().send(RawRequest.of("GET", "x").query("a", "b"), CallOptions.DEFAULT);
    }

    @Test
    void fixedCredentials_eachForm_isWhereThePlatformLooks() {
        Secret key = Secret.of(Canary.secret());
        try (TokenServer any = new TokenServer();
                LocalServer platform = echoing()) {
            call(any, platform, Credentials.apiKeyHeader("X-Api-Key", key));
            assertEquals(key.reveal(), platform.lastRequest().getHeaders().get("X-Api-Key"));

            call(any, platform, Credentials.apiKeyQuery("key", key));
            assertEquals(key.reveal(), platform.lastRequest().getUrl().queryParameter("key"));
            assertEquals("b", platform.lastRequest().getUrl().queryParameter("a"));

            call(any, platform, Credentials.bearer(key));
            assertEquals(
                    "Bearer " + key.reveal(),
                    platform.lastRequest().getHeaders().get("Authorization"));

            call(any, platform, Credentials.basic("Jürgen", key));
            String header = platform.lastRequest().getHeaders().get("Authorization");
            assertEquals(
                    "Jürgen:" + key.reveal(),
                    new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8));
        }
    }

    @Test
    void signed_requestSigner_seesTheWholeRequestAtEachAttempt() {
        try (TokenServer any = new TokenServer();
                LocalServer platform =
                        LocalServer.answering(LocalServer.json(503, "{}"), LocalServer.json(200, "{}"))) {
            Set<String> signed = new HashSet<>();
            RequestSigner signer = (request, now) -> {
                signed.add(request.method() + request.encodedPath() + "?" + request.encodedQuery());
                request.header("X-Signature", signed.size() + now.toString() + UUID.randomUUID());
            };

            call(any, platform, Credentials.signed(signer, time));

            assertEquals(Set.of("GET/x?a=b"), signed);
            assertEquals(
                    2,
                    platform.requests().stream()
                            .map(request -> request.getHeaders().get("X-Signature"))
                            .distinct()
                            .count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void privateKey_ofAnotherForm_isRefusedWithoutRepeatingIt(String pem) {
        String text = pem + Canary.secret();

        Leaks.saw(assertThrows(IllegalArgumentException.class, () -> PrivateKeys.pem(Secret.of(text))));
    }
}
