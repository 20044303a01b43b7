package io.trunkline.auth;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import io.trunkline.resilience.HealthState;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.POST;

/** Calls of a platform whose tokens come from an authorization server, over real HTTP. */
@Timeout(60)
final class OAuthCallsTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(20));

    private final TimeSource time = TimeSource.system();
    private final Store store = Store.inMemory(time);

    /** Operations of the platform. */
    interface Api {
        @GET("who")
        @Safe("who")
        ApiCall<String> who();

        @POST("send")
        @Once("send")
        ApiCall<String> send();
    }

    private HttpConnection connection(TokenServer server, LocalServer platform, TokenSource source) {
        TokenVault vault = new TokenVault(store, time);
        return server.http.connect(HttpConnectionSettings.builder("crm", Endpoints.of(platform.uri()))
                .authorizer(new OAuthAuthorizer(vault, server.key("agent"), source))
                .build());
    }

    private TokenSource clientCredentials(TokenServer server) {
        return OAuthGrants.clientCredentials(server.oauth(time), Set.of("api"));
    }

    /** A platform that takes one token and no other. */
    private static LocalServer taking(AtomicReference<String> good) {
        return LocalServer.answering(request -> json(bearer(request).equals(good.get()) ? 200 : 401, "\"ok\""));
    }

    private static String bearer(RecordedRequest request) {
        return String.valueOf(request.getHeaders().get("Authorization")).replace("Bearer ", "");
    }

    @Test
    void X26_tokenRefusedOnce_isRenewedAndTheCallMadeAgainEvenIfItMustNotArriveTwice() {
        AtomicReference<String> good = new AtomicReference<>("access-2");
        try (TokenServer server = new TokenServer();
                LocalServer platform = taking(good)) {
            Api api = connection(server, platform, clientCredentials(server)).api(Api.class);

            assertEquals("\"ok\"", api.send().execute(SOON));

            assertEquals(2, server.count());
            assertEquals(2, platform.count());
        }
    }

    @Test
    void X27_tokenRevokedUnderAHundredCallers_isRenewedOnceForAll() throws Exception {
        AtomicReference<String> good = new AtomicReference<>("access-1");
        try (TokenServer server = new TokenServer();
                LocalServer platform = taking(good)) {
            Api api = connection(server, platform, OAuthGrants.refreshToken(server.oauth(time), Secret.of("refresh-0")))
                    .api(Api.class);
            api.who().execute(SOON);
            good.set("access-2");
            List<Callable<String>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                callers.add(() -> api.who().execute(SOON));
            }
            ExecutorService threads = Executors.newFixedThreadPool(32);
            try {
                for (Future<String> caller : threads.invokeAll(callers)) {
                    assertEquals("\"ok\"", caller.get());
                }
            } finally {
                threads.shutdownNow();
            }

            assertEquals(2, server.count());
        }
    }

    @Test
    void T10_platformThatRefusesEveryToken_costsOneRenewalAndOneRepeat() {
        AtomicReference<String> none = new AtomicReference<>("none");
        try (TokenServer server = new TokenServer();
                LocalServer platform = taking(none)) {
            HttpConnection connection = connection(server, platform, clientCredentials(server));
            Api api = connection.api(Api.class);
            for (int i = 0; i < 20; i++) {
                assertThrows(AuthenticationException.class, () -> api.who().execute(SOON));
            }

            assertEquals(2, server.count(), "the first token and one renewal");
            assertEquals(21, platform.count(), "one repeat");
            assertEquals(HealthState.REAUTHORISE, connection.health().state());
        }
    }

    @Test
    void T10_serverThatGivesTheSameTokenAgain_isNotAskedAtEveryCall() {
        AtomicReference<String> none = new AtomicReference<>("none");
        try (TokenServer server = new TokenServer();
                LocalServer platform = taking(none)) {
            server.spoil = answer -> json(200, "{\"access_token\":\"same\",\"expires_in\":3600}");
            Api api = connection(server, platform, clientCredentials(server)).api(Api.class);
            for (int i = 0; i < 20; i++) {
                assertThrows(AuthenticationException.class, () -> api.who().execute(SOON));
            }

            assertEquals(2, server.count());
        }
    }

    @Test
    void authorizationServerThatLosesItsAnswer_leavesNoDoubtAboutTheCallItself() {
        try (TokenServer server = new TokenServer();
                LocalServer platform = LocalServer.answering(json(200, "\"ok\""))) {
            server.spoil = answer -> answer.newBuilder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
            Api api = connection(server, platform, OAuthGrants.refreshToken(server.oauth(time), Secret.of("refresh-0")))
                    .api(Api.class);

            ConnectorException thrown =
                    assertThrows(RetryLaterException.class, () -> api.send().execute(SOON));

            assertEquals(ErrorKind.UNAVAILABLE, thrown.kind());
            assertEquals(0, platform.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":null}",
                "{\"access_token\":\"a\\r\\nX-Evil: 1\"}",
                "{\"access_token\":\"a b\"}",
                "{\"access_token\":[\"a\"]}",
                "[]",
                "<html/>",
                ""
            })
    void tokenAnswerWithoutAUsableToken_isAProtocolErrorAndNothingIsSent(String answer) {
        try (TokenServer server = new TokenServer();
                LocalServer platform = LocalServer.answering(json(200, "\"ok\""))) {
            server.spoil = good -> json(200, answer);
            Api api = connection(server, platform, clientCredentials(server)).api(Api.class);

            assertThrows(ProtocolException.class, () -> api.who().execute(SOON));

            assertEquals(0, platform.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3600\"", "3600", "3600.5"})
    void expiry_asNumberOrText_isKept(String expires) {
        try (TokenServer server = new TokenServer()) {
            server.spoil = good -> json(200, "{\"access_token\":\"a\",\"expires_in\":" + expires + "}");

            AccessToken token = clientCredentials(server).obtain(Optional.empty(), TokenServer.soon());

            assertEquals(
                    3_600,
                    Duration.between(token.obtainedAt(), token.expiresAt()).toSeconds());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"soon\"", "null", "99999999999999"})
    void expiry_thatSaysNothing_countsAsNotTold(String expires) {
        try (TokenServer server = new TokenServer()) {
            server.spoil = good -> json(200, "{\"access_token\":\"a\",\"expires_in\":" + expires + "}");

            AccessToken token = clientCredentials(server).obtain(Optional.empty(), TokenServer.soon());

            assertEquals(null, token.expiresAt());
            assertTrue(token.serves(time.now().plus(Duration.ofDays(900))));
        }
    }

    @Test
    void T7_tokenEndpointThatPointsElsewhere_isNotFollowedAndKeepsTheSecret() {
        String secret = Canary.secret();
        try (LocalServer evil = LocalServer.answering(json(200, "{\"access_token\":\"evil\"}"));
                TokenServer server = new TokenServer()) {
            server.spoil = good -> new MockResponse.Builder()
                    .code(307)
                    .addHeader("Location", evil.uri().resolve("token"))
                    .build();
            OAuthServer oauth = server.oauth(ClientAuthentication.post("id", Secret.of(secret)), time);

            Leaks.saw(assertThrows(
                    SecurityPolicyException.class,
                    () -> OAuthGrants.clientCredentials(oauth, Set.of()).obtain(Optional.empty(), TokenServer.soon())));

            assertEquals(0, evil.count());
        }
    }

    @Test
    void T7_answerThatNamesAnotherEndpoint_changesNothing() {
        try (LocalServer evil = LocalServer.answering(json(200, "{}"));
                TokenServer server = new TokenServer();
                LocalServer platform = LocalServer.answering(json(200, "\"ok\""))) {
            server.spoil = good -> json(
                    200,
                    "{\"access_token\":\"a\",\"expires_in\":1,\"issuer\":\"" + evil.uri() + "\",\"token_endpoint\":\""
                            + evil.uri() + "\",\"scope\":\"all\"}");
            TokenSource source = clientCredentials(server);
            Api api = connection(server, platform, source).api(Api.class);
            api.who().execute(SOON);
            source.obtain(Optional.empty(), TokenServer.soon());

            assertEquals(2, server.count());
            assertEquals(0, evil.count());
            assertNotEquals(
                    evil.uri(), URI.create(server.oauth(time).tokenEndpoint().toString()));
        }
    }
}
