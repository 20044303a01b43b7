package io.trunkline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.Deadline;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person who goes to authorise, and who or what comes back. */
@Timeout(60)
final class CodeAuthorizationTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final TokenVault vault = new TokenVault(store, time);

    private CodeAuthorization at(TokenServer server) {
        return new CodeAuthorization(
                server.oauth(ClientAuthentication.none("public-client"), time),
                URI.create("https://login.test/authorize?tenant=7"),
                URI.create("https://host.test/back"),
                vault,
                store,
                time);
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20), time);
    }

    private static Map<String, String> query(URI address) {
        return form(address.getRawQuery());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Test
    void begin_address_saysEverythingThatTheServerNeeds() {
        try (TokenServer server = new TokenServer()) {
            Map<String, String> asked = query(at(server).begin(server.key("agent")));

            assertEquals("7", asked.get("tenant"));
            assertEquals("code", asked.get("response_type"));
            assertEquals("public-client", asked.get("client_id"));
            assertEquals("https://host.test/back", asked.get("redirect_uri"));
            assertEquals("S256", asked.get("code_challenge_method"));
            assertEquals("api", asked.get("scope"));
            assertEquals(43, asked.get("code_challenge").length());
        }
    }

    @Test
    void complete_verifier_isTheOneWhoseHashWasSent() {
        try (TokenServer server = new TokenServer()) {
            CodeAuthorization authorization = at(server);
            Map<String, String> asked = query(authorization.begin(server.key("agent")));

            authorization.complete(server.key("agent"), asked.get("state"), "the code", soon());

            Map<String, String> sent =
                    form(server.server.lastRequest().getBody().utf8());
            assertEquals(asked.get("code_challenge"), CodeAuthorization.challenge(sent.get("code_verifier")));
            assertTrue(sent.get("code_verifier").matches("[A-Za-z0-9._~-]{43,128}"));
            assertEquals("authorization_code", sent.get("grant_type"));
            assertEquals("the code", sent.get("code"));
            assertEquals("https://host.test/back", sent.get("redirect_uri"));
            assertEquals("public-client", sent.get("client_id"));
            assertEquals(
                    "access-1",
                    vault.token(server.key("agent"), OAuthGrants.refreshToken(server.oauth(time), null), soon())
                            .access()
                            .reveal());
        }
    }

    @Test
    void T8_stateMissingForgedOrOfAnotherTenant_isRefusedBeforeTheServerIsAsked() {
        try (TokenServer server = new TokenServer()) {
            CodeAuthorization authorization = at(server);
            String mine = query(authorization.begin(server.key("mine"))).get("state");
            for (String state : new String[] {"", "forged", mine + "x", mine.toUpperCase(Locale.ROOT)}) {
                assertThrows(
                        SecurityPolicyException.class,
                        () -> authorization.complete(server.key("mine"), state, "code", soon()));
            }
            assertThrows(
                    SecurityPolicyException.class,
                    () -> authorization.complete(server.key("theirs"), mine, "code", soon()));

            assertEquals(0, server.count());
        }
    }

    @Test
    void T8_stateUsedTwice_isRefusedTheSecondTimeEvenAfterAFailure() {
        try (TokenServer server = new TokenServer()) {
            CodeAuthorization authorization = at(server);
            String state = query(authorization.begin(server.key("agent"))).get("state");
            server.spoil = good -> LocalServer.json(400, "{\"error\":\"invalid_grant\"}");
            assertThrows(
                    RuntimeException.class,
                    () -> authorization.complete(server.key("agent"), state, "stolen code", soon()));

            assertThrows(
                    SecurityPolicyException.class,
                    () -> authorization.complete(server.key("agent"), state, "code", soon()));

            assertEquals(1, server.count());
        }
    }

    @Test
    void T8_stateOlderThanTenMinutes_isRefused() throws Exception {
        try (TokenServer server = new TokenServer()) {
            CodeAuthorization authorization = at(server);
            String young = query(authorization.begin(server.key("agent"))).get("state");
            clock.sleep(Duration.ofMinutes(9).plusSeconds(59));
            authorization.complete(server.key("agent"), young, "code", soon());
            String old = query(authorization.begin(server.key("agent"))).get("state");
            clock.sleep(Duration.ofMinutes(10));

            assertThrows(
                    SecurityPolicyException.class,
                    () -> authorization.complete(server.key("agent"), old, "code", soon()));

            assertEquals(1, server.count());
        }
    }

    @Test
    void T8_state_is256RandomBitsAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        try (TokenServer server = new TokenServer()) {
            CodeAuthorization authorization = at(server);
            for (int i = 0; i < 500; i++) {
                String state = query(authorization.begin(server.key("agent"))).get("state");
                assertEquals(32, Base64.getUrlDecoder().decode(state).length);
                assertTrue(seen.add(state));
            }
            String kept = store.values("oauth-states")
                    .list("", Optional.empty(), 1_000)
                    .items()
                    .toString();
            assertFalse(seen.stream().anyMatch(kept::contains), "the store holds a state that could be replayed");
        }
    }

    @Test
    void T8_stateOfOneNode_isGoodAtAnotherOnce() {
        try (TokenServer server = new TokenServer()) {
            String state = query(at(server).begin(server.key("agent"))).get("state");

            at(server).complete(server.key("agent"), state, "code", soon());

            assertThrows(
                    SecurityPolicyException.class,
                    () -> at(server).complete(server.key("agent"), state, "code", soon()));
        }
    }

    @Test
    void complete_afterTheTokenWasDead_revivesTheAccount() {
        try (TokenServer server = new TokenServer()) {
            TokenSource source = OAuthGrants.refreshToken(server.oauth(time), Secret.of("stolen"));
            assertThrows(RuntimeException.class, () -> vault.token(server.key("agent"), source, soon()));
            CodeAuthorization authorization = at(server);
            String state = query(authorization.begin(server.key("agent"))).get("state");

            authorization.complete(server.key("agent"), state, "code", soon());

            assertEquals(
                    "access-1",
                    vault.token(server.key("agent"), source, soon()).access().reveal());
        }
    }
}
