package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeTokens;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's refresh token where the app rotates them. */
@Timeout(60)
final class SalesforceTokensTest {

    private final FakePlatform org = FakePlatform.start();
    private final FakeTokens tokens = FakeTokens.on(org, "/services/oauth2/token");
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "crm",
                    ConnectorSetup.of(new Salesforce())
                            .with(Salesforce.MY_DOMAIN, org.uri())
                            .with(Salesforce.FLOW, SalesforceFlow.REFRESH_TOKEN)
                            .with(Salesforce.CLIENT_ID, "consumer-key")
                            .with(Salesforce.REFRESH_TOKEN, Secret.of(tokens.refreshToken())))
            .build();

    SalesforceTokensTest() {
        Map<String, Object> rows = Map.of("done", true, "records", List.of(Map.of("Id", "00D", "Name", "Acme")));
        org.on(
                "GET",
                "/services/data/v66\\.0/query",
                request -> tokens.refusal(request).orElseGet(() -> FakeReply.json(200, rows)));
    }

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    @Test
    void refresh_tokenExpired_isRotatedAndNeverOfferedTwice() {
        String first = tokens.refreshToken();
        assertEquals("Acme", verify());
        tokens.expire();
        assertEquals("Acme", verify());

        assertEquals(2, tokens.rotations());
        assertEquals(0, tokens.refusals());
        assertNotEquals(first, tokens.refreshToken());
    }

    @Test
    void X28_refresh_answerLostAfterRotation_wantsAPersonOnceAndDoesNotLoop() {
        verify();
        tokens.expire();
        org.next(Fault.none(), Fault.reset());

        Leaks.saw(assertThrows(ConnectorException.class, this::verify));
        Leaks.saw(assertThrows(AuthenticationException.class, this::verify));
        int asked = tokens.rotations() + tokens.refusals();
        Leaks.saw(assertThrows(AuthenticationException.class, this::verify));

        assertEquals(2, tokens.rotations());
        assertTrue(tokens.refusals() <= 2, () -> tokens.refusals() + " refusals");
        assertEquals(asked, tokens.rotations() + tokens.refusals(), "a dead token was offered again");
    }

    private String verify() {
        return trunkline.verify("crm", Duration.ofSeconds(5));
    }
}
