package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.mapping.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refresh tokens rotate, spent ones are refused, and a lost answer loses the new one. */
@Timeout(60)
final class FakeTokensTest {

    private final FakePlatform platform = FakePlatform.start();
    private final FakeTokens tokens = FakeTokens.on(platform, "/oauth2/token");

    FakeTokensTest() {
        platform.on(
                "GET", "/me", request -> tokens.refusal(request).orElseGet(() -> FakeReply.json(200, Map.of("id", 1))));
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void refresh_goodToken_rotatesAndSpendsIt() throws Exception {
        String first = tokens.refreshToken();

        Map<String, Object> answer = Json.object(refresh(first).body());

        assertEquals(tokens.refreshToken(), answer.get("refresh_token"));
        assertNotEquals(first, answer.get("refresh_token"));
        assertEquals(400, refresh(first).statusCode());
        assertEquals(1, tokens.rotations());
        assertEquals(1, tokens.refusals());
        assertEquals(200, refresh(tokens.refreshToken()).statusCode());
    }

    @Test
    void refresh_answerLost_hasRotatedAllTheSame() throws Exception {
        String first = tokens.refreshToken();
        platform.next(Fault.reset());

        assertThrows(IOException.class, () -> refresh(first));

        assertEquals(1, tokens.rotations());
        HttpResponse<byte[]> again = refresh(first);
        assertEquals(400, again.statusCode());
        assertTrue(new String(again.body(), StandardCharsets.UTF_8).contains("invalid_grant"));
    }

    @Test
    void accessToken_goodSpentAndExpired_areToldApart() throws Exception {
        refresh(tokens.refreshToken());
        String old = tokens.accessToken();
        assertEquals(200, me(old));

        refresh(tokens.refreshToken());
        assertEquals(401, me(old));
        assertEquals(200, me(tokens.accessToken()));

        String good = tokens.accessToken();
        tokens.expire();
        assertEquals(401, me(good));
        assertEquals(401, me(""));
    }

    @Test
    void clientCredentials_giveNoRefreshTokenAndOtherGrantsAreRefused() throws Exception {
        assertFalse(Json.object(token("grant_type=client_credentials").body()).containsKey("refresh_token"));
        assertEquals(200, me(tokens.accessToken()));

        assertEquals(400, token("grant_type=password").statusCode());
        assertEquals(400, token("grant_type=refresh_token").statusCode());
    }

    private HttpResponse<byte[]> refresh(String token) throws Exception {
        return token("grant_type=refresh_token&refresh_token=" + token);
    }

    private HttpResponse<byte[]> token(String form) throws Exception {
        return send(HttpRequest.newBuilder(platform.uri().resolve("oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private int me(String accessToken) throws Exception {
        return send(HttpRequest.newBuilder(platform.uri().resolve("me"))
                        .header("Authorization", "Bearer " + accessToken))
                .statusCode();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        AttemptLedger.shared().attempted(platform.uri());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
