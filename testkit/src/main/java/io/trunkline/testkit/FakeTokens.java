package io.trunkline.testkit;

import io.trunkline.checks.Canary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OAuth 2.0 token endpoint of a {@link FakePlatform} that rotates refresh tokens: each is good once. A
 * {@link Fault#reset()} on its answer loses the new token although the old one is spent. Thread-safe.
 */
public final class FakeTokens {

    private static final int LIFETIME_SECONDS = 3_600;

    private final AtomicInteger rotations = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private String refreshToken = Canary.secret();
    private String accessToken = "";

    private FakeTokens() {}

    /** Adds the endpoint to a platform. */
    public static FakeTokens on(FakePlatform platform, String path) {
        FakeTokens tokens = new FakeTokens();
        platform.on("POST", path, tokens::answer);
        return tokens;
    }

    /** The refresh token that is good now, as a person's authorization would have given it. */
    public synchronized String refreshToken() {
        return refreshToken;
    }

    /** The access token that is good now; empty before the first. */
    public synchronized String accessToken() {
        return accessToken;
    }

    /** Withdraws the access token. */
    public synchronized void expire() {
        accessToken = "";
    }

    /** How often a refresh token was exchanged for a new one. */
    public int rotations() {
        return rotations.get();
    }

    /** How often a token was offered that is spent or was never given. */
    public int refusals() {
        return refusals.get();
    }

    /** The refusal of a request without the good access token; empty if it has it. */
    public synchronized Optional<FakeReply> refusal(FakeRequest request) {
        boolean good = !accessToken.isEmpty()
                && request.header("Authorization").orElse("").equals("Bearer " + accessToken);
        return good
                ? Optional.empty()
                : Optional.of(FakeReply.json(401, Map.of("error", "invalid_token"))
                        .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    private synchronized FakeReply answer(FakeRequest request) {
        String grant = first(request, "grant_type");
        if (grant.equals("client_credentials")) {
            accessToken = Canary.secret();
            return FakeReply.json(
                    200, Map.of("access_token", accessToken, "token_type", "Bearer", "expires_in", LIFETIME_SECONDS));
        }
        if (!grant.equals("refresh_token")) {
            return FakeReply.json(400, Map.of("error", "unsupported_grant_type"));
        }
        if (!first(request, "refresh_token").equals(refreshToken)) {
            refusals.incrementAndGet();
            return FakeReply.json(400, Map.of("error", "invalid_grant"));
        }
        rotations.incrementAndGet();
        refreshToken = Canary.secret();
        accessToken = Canary.secret();
        return FakeReply.json(
                200,
                Map.of(
                        "access_token", accessToken,
                        "refresh_token", refreshToken,
                        "token_type", "Bearer",
                        "expires_in", LIFETIME_SECONDS));
    }

    private static String first(FakeRequest request, String name) {
        return request.form().getOrDefault(name, List.of("")).get(0);
    }
}
