package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Credentials;
import io.trunkline.checks.Canary;
import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.resilience.LoggingListener;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform that answers with another address. */
@Timeout(60)
final class RedirectTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(10));
    private static final Rig.Item ITEM = new Rig.Item(1, "a");

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void T1_redirectToAnotherHost_isNotFollowedWithAnyFormOfCredential(int status) {
        Secret key = Secret.of(Canary.secret());
        Authorizer everywhere = request -> {
            Credentials.bearer(key).authorize(request);
            Credentials.apiKeyHeader("X-API-Key", key).authorize(request);
            Credentials.apiKeyQuery("key", key).authorize(request);
            request.header("Cookie", "session=" + key.reveal()).header("Private-Token", key.reveal());
        };
        try (LocalServer other = LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\"}"));
                LocalServer server = LocalServer.answering(leading(status, other.uri()));
                Rig rig = Rig.to(server, own -> own.authorizer(everywhere))) {
            Leaks.saw(assertThrows(
                    SecurityPolicyException.class, () -> rig.api.get("1").execute(SOON)));
            Leaks.saw(assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.api.put("1", new Rig.Item(1, Canary.text())).execute(SOON)));

            assertEquals(0, other.count());
            assertEquals(2, server.count());
        }
    }

    @Test
    void T1_bareOkHttp_carriesTheKeyAcross() throws Exception {
        OkHttpClient bare = new OkHttpClient();
        try (LocalServer other = LocalServer.unwatched(request -> json(200, "{}"));
                LocalServer server = LocalServer.unwatched(request -> leading(307, other.uri()))) {
            Request request = new Request.Builder()
                    .url(server.uri().toString())
                    .header("X-API-Key", "control")
                    .build();

            try (Response response = bare.newCall(request).execute()) {
                assertEquals(200, response.code());
            }

            assertEquals("control", other.lastRequest().getHeaders().get("X-API-Key"));
        } finally {
            bare.dispatcher().executorService().shutdown();
            bare.connectionPool().evictAll();
        }
    }

    @Test
    void T1_postThatMayHaveBeenTakenBeforeItWasLedAway_isUnknown() {
        try (LocalServer other = LocalServer.answering(json(200, "{}"));
                LocalServer taken = LocalServer.answering(leading(303, other.uri()));
                LocalServer passedOn = LocalServer.answering(leading(308, other.uri()));
                Rig first = Rig.to(taken);
                Rig second = Rig.to(passedOn)) {
            assertThrows(
                    OutcomeUnknownException.class, () -> first.api.create(ITEM).execute(SOON));
            assertThrows(
                    SecurityPolicyException.class, () -> second.api.create(ITEM).execute(SOON));

            assertEquals(0, other.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1:%d/item/1", "http://127.0.0.1:1/", "//127.0.0.2:%d/", "ftp://127.0.0.1/"})
    void T2_redirectToOtherSchemePortOrHost_isRefused(String location) {
        try (LocalServer server = LocalServer.answering(request -> new MockResponse.Builder()
                        .code(302)
                        .addHeader(
                                "Location", location.formatted(request.getUrl().port()))
                        .build());
                Rig rig = Rig.to(server)) {
            assertThrows(SecurityPolicyException.class, () -> rig.api.get("1").execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @Test
    void redirect_withinTheOrigin_isNotFollowedEither() {
        try (LocalServer server = LocalServer.answering(leading(302, URI.create("/elsewhere")));
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @Test
    void redirect_toAnotherOrigin_isAWarningInTheLog() {
        try (LocalServer server = LocalServer.answering(leading(302, URI.create("https://other.test/")));
                Rig rig = Rig.to(server.uri(), stack -> stack.listener(new LoggingListener()), own -> own)) {
            assertThrows(SecurityPolicyException.class, () -> rig.api.get("1").execute(SOON));

            assertTrue(CapturedLog.lines().stream()
                    .anyMatch(line -> line.startsWith("WARN") && line.contains("items.get SECURITY")));
        }
    }

    @Test
    void T15_fileAddressThatLeadsToTheMetadataAddress_isNotFollowed() {
        try (LocalServer server = LocalServer.answering(leading(302, URI.create("http://169.254.169.254/latest")));
                Rig rig = Rig.to(server)) {
            Downloads downloads = rig.connection.downloads(Set.of(Origin.of(server.uri())));

            assertThrows(
                    SecurityPolicyException.class,
                    () -> downloads.get(
                            server.uri(), 1 << 20, Deadline.in(Duration.ofSeconds(5), TimeSource.system())));

            assertEquals(1, server.count());
        }
    }

    private static MockResponse leading(int status, URI to) {
        return new MockResponse.Builder().code(status).addHeader("Location", to).build();
    }
}
