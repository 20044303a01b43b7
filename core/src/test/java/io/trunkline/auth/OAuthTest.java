package io.trunkline.auth;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Origin;
import io.trunkline.http.Safe;
import io.trunkline.mapping.Json;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.store.DataCipher;
import io.trunkline.store.SealedStore;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;

/** Grants and the token vault, against an authorization server that rotates its refresh tokens. */
@Timeout(60)
final class OAuthTest {

    private final TimeSource time = TimeSource.system();
    private final Store store = Store.inMemory(time);
    private final AtomicInteger issued = new AtomicInteger();
    private final HttpStack http = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();

    @AfterEach
    void close() {
        http.close();
    }

    /** A rotating server: each refresh token is good once. */
    private MockResponse rotate(RecordedRequest request) {
        String body = request.getBody().utf8();
        String expected = "refresh-" + issued.get();
        if (body.contains("grant_type=refresh_token") && !body.contains("refresh_token=" + expected)) {
            return json(400, "{\"error\":\"invalid_grant\"}");
        }
        int next = issued.incrementAndGet();
        return json(
                200,
                "{\"access_token\":\"access-" + next + "\",\"refresh_token\":\"refresh-" + next
                        + "\",\"expires_in\":3600,\"instance_url\":\"https://x.test\"}");
    }

    private OAuthServer server(LocalServer local) {
        return new OAuthServer(
                "crm",
                local.uri().resolve("token"),
                ClientAuthentication.basic("client id", Secret.of("s:e/c")),
                http,
                time);
    }

    private TokenKey key(LocalServer local) {
        return new TokenKey("crm", "agent", Set.of("api"), Origin.of(local.uri()));
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20), time);
    }

    @Test
    void token_manyThreadsAtOnce_areServedByOneRefresh() throws Exception {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            TokenVault vault = new TokenVault(store, time);
            TokenSource source = OAuthGrants.refreshToken(server(local), Secret.of("refresh-0"));
            List<Callable<String>> callers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                callers.add(
                        () -> vault.token(key(local), source, soon()).access().reveal());
            }
            ExecutorService threads = Executors.newFixedThreadPool(32);
            try {
                for (Future<String> caller : threads.invokeAll(callers)) {
                    assertEquals("access-1", caller.get());
                }
            } finally {
                threads.shutdownNow();
            }

            assertEquals(1, local.count());
        }
    }

    @Test
    void token_twoNodesOnOneStore_shareOneRefreshAndTheRotatedToken() {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            TokenVault first = new TokenVault(store, time);
            TokenVault second = new TokenVault(store, time);
            TokenSource source = OAuthGrants.refreshToken(server(local), Secret.of("refresh-0"));

            AccessToken one = first.token(key(local), source, soon());
            AccessToken two = second.token(key(local), source, soon());
            assertTrue(first.refused(key(local), one));
            AccessToken three = first.token(key(local), source, soon());

            assertEquals(one.access(), two.access());
            assertEquals("access-2", three.access().reveal());
            assertEquals(2, local.count());
        }
    }

    @Test
    void refused_byManyCallersAtOnce_renewsOnceAndAllGoOn() {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            TokenVault vault = new TokenVault(store, time);
            TokenSource source = OAuthGrants.refreshToken(server(local), Secret.of("refresh-0"));
            AccessToken first = vault.token(key(local), source, soon());
            for (int caller = 0; caller < 200; caller++) {
                assertTrue(vault.refused(key(local), first), "caller " + caller);
            }
            AccessToken second = vault.token(key(local), source, soon());

            assertTrue(vault.refused(key(local), first));
            assertFalse(vault.refused(key(local), second), "a storm: the platform refuses whatever it is given");
            assertEquals(2, local.count());
        }
    }

    @Test
    void token_refreshRefusedForGood_asksNoMoreAndSaysSo() {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            TokenVault vault = new TokenVault(store, time);
            TokenSource source = OAuthGrants.refreshToken(server(local), Secret.of("stolen"));
            vault.put(
                    key(local),
                    new AccessToken(Secret.of("old"), Secret.of("stolen"), Instant.EPOCH, Instant.EPOCH, Map.of()));

            assertThrows(AuthenticationException.class, () -> vault.token(key(local), source, soon()));
            assertThrows(AuthenticationException.class, () -> vault.token(key(local), source, soon()));

            assertEquals(1, local.count());
        }
    }

    @Test
    void tokens_inASealedStore_areUnreadableWhereTheyLie() {
        String refresh = Canary.secret();
        Store sealed = SealedStore.over(
                store, DataCipher.aesGcm(Secret.of(Base64.getEncoder().encodeToString(new byte[32]))));
        TokenVault vault = new TokenVault(sealed, time);
        TokenKey key = new TokenKey("crm", "agent", Set.of(), new Origin("https", "a.test", 443));

        vault.put(key, new AccessToken(Secret.of(refresh), Secret.of(refresh), time.now(), null, Map.of()));

        var entries = store.values("tokens").list("", Optional.empty(), 10).items();
        assertEquals(1, entries.size());
        assertFalse(new String(entries.get(0).value(), StandardCharsets.ISO_8859_1).contains(refresh));
        Leaks.printed(vault);
        Leaks.printed(key);
    }

    @Test
    void clientCredentials_tokenRefusedByThePlatform_isRenewedOnceAndTheCallGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        try (LocalServer tokens = LocalServer.answering(this::rotate);
                LocalServer platform = LocalServer.answering(request -> calls.incrementAndGet() == 1
                        ? json(401, "{}")
                        : json(200, "\"" + request.getHeaders().get("Authorization") + "\""))) {
            TokenVault vault = new TokenVault(store, time);
            Probe probe = http.connect(HttpConnectionSettings.builder("crm", Endpoints.of(platform.uri()))
                            .authorizer(new OAuthAuthorizer(
                                    vault, key(tokens), OAuthGrants.clientCredentials(server(tokens), Set.of("api"))))
                            .build())
                    .api(Probe.class);

            assertEquals("\"Bearer access-2\"", probe.who().execute(CallOptions.DEFAULT));

            assertEquals(2, tokens.count());
            assertEquals(2, platform.count());
            String form = tokens.lastRequest().getBody().utf8();
            assertTrue(form.contains("grant_type=client_credentials") && form.contains("scope=api"), form);
        }
    }

    /** An operation of a platform. */
    interface Probe {
        @GET("who")
        @Safe("who")
        ApiCall<String> who();
    }

    @Test
    void basicClientAuthentication_publishedExample_isPercentEncodedFirst() {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            new TokenVault(store, time)
                    .token(key(local), OAuthGrants.clientCredentials(server(local), Set.of()), soon());

            String header = local.lastRequest().getHeaders().get("Authorization");
            assertEquals(
                    "client+id:s%3Ae%2Fc",
                    new String(
                            Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8));
        }
    }

    @Test
    void jwtBearer_assertion_isSignedAndNamesIssuerSubjectAudience() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            OAuthServer server =
                    new OAuthServer("crm", local.uri(), ClientAuthentication.assertionOnly("consumer-key"), http, time);
            TokenSource source = OAuthGrants.jwtBearer(
                    server, new JwtSigner(pair.getPrivate()), "agent@example.test", "https://login.test", time);

            source.obtain(Optional.empty(), soon());

            String form = local.lastRequest().getBody().utf8();
            String jwt = form.substring(form.indexOf("assertion=") + "assertion=".length());
            String[] parts = jwt.split("\\.", -1);
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(pair.getPublic());
            check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertTrue(check.verify(Base64.getUrlDecoder().decode(parts[2])));
            Map<String, Object> claims = Json.object(Base64.getUrlDecoder().decode(parts[1]));
            assertEquals("consumer-key", claims.get("iss"));
            assertEquals("agent@example.test", claims.get("sub"));
            assertEquals("https://login.test", claims.get("aud"));
            assertTrue((Long) claims.get("exp") - time.now().getEpochSecond() <= 180);
        }
    }

    @Test
    void codeChallenge_publishedExample_fits() {
        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                CodeAuthorization.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    }

    @Test
    void codeAuthorization_stateComesBack_tokenIsKeptOnce() {
        try (LocalServer local = LocalServer.answering(this::rotate)) {
            TokenVault vault = new TokenVault(store, time);
            CodeAuthorization authorization = new CodeAuthorization(
                    server(local),
                    URI.create("https://login.test/authorize"),
                    URI.create("https://host.test/back"),
                    vault,
                    store,
                    time);
            TokenKey key = key(local);
            String query = authorization.begin(key).getQuery();
            String state = query.replaceAll(".*state=([^&]*).*", "$1");

            authorization.complete(key, state, "code-1", soon());

            assertTrue(local.lastRequest().getBody().utf8().contains("code_verifier="));
            assertEquals(
                    "access-1",
                    vault.token(key, OAuthGrants.refreshToken(server(local), null), soon())
                            .access()
                            .reveal());
            assertThrows(SecurityPolicyException.class, () -> authorization.complete(key, state, "code-1", soon()));
            assertThrows(SecurityPolicyException.class, () -> authorization.complete(key, "forged", "code-1", soon()));
            assertEquals(1, local.count());
        }
    }
}
