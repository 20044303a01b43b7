package io.trunkline.auth;

import static io.trunkline.checks.LocalServer.json;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.LocalServer;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Origin;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** An authorization server of the test: each refresh token is good once, and the answer can be spoiled. */
final class TokenServer implements AutoCloseable {

    final AtomicInteger issued = new AtomicInteger();
    final LocalServer server;
    final HttpStack http = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();
    volatile UnaryOperator<MockResponse> spoil = UnaryOperator.identity();
    volatile int life = 3_600;

    TokenServer() {
        server = LocalServer.answering(this::answer);
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String body = request.getBody().utf8();
        String expected = "refresh-" + issued.get();
        if (body.contains("grant_type=refresh_token") && !body.contains("refresh_token=" + expected)) {
            return json(400, "{\"error\":\"invalid_grant\"}");
        }
        int next = issued.incrementAndGet();
        return spoil.apply(json(
                200,
                "{\"access_token\":\"access-" + next + "\",\"refresh_token\":\"refresh-" + next + "\",\"expires_in\":"
                        + life + ",\"token_type\":\"bearer\"}"));
    }

    OAuthServer oauth(TimeSource time) {
        return oauth(ClientAuthentication.basic("client", Secret.of("secret")), time);
    }

    OAuthServer oauth(ClientAuthentication client, TimeSource time) {
        return new OAuthServer("crm", server.uri().resolve("token"), client, http, time);
    }

    TokenKey key(String account) {
        return new TokenKey("crm", account, Set.of("api"), Origin.of(server.uri()));
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20), TimeSource.system());
    }

    int count() {
        return server.count();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
