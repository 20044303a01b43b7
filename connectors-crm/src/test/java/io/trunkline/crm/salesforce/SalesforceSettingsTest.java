package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.mapping.Json;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are wrong are told at once, all of them; those that are right get a token in each flow. */
@Timeout(60)
final class SalesforceSettingsTest {

    private final FakeSalesforce org = new FakeSalesforce();

    @AfterEach
    void close() {
        org.close();
    }

    private String refused(ConnectorSetup setup) {
        ConfigurationException thrown = Leaks.saw(assertThrows(
                ConfigurationException.class,
                () -> Watched.trunkline().connect("crm", setup).build().close()));
        assertEquals(0, org.platform().count());
        return String.valueOf(thrown.getMessage());
    }

    private static ConnectorSetup text(Map<String, String> values) {
        return new ConnectorSetup(new Salesforce(), ConnectorSettings.ofText(values));
    }

    private ConnectorSetup good() {
        return Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of(Canary.secret()));
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void open_everythingWrong_namesEachInOneError() throws Exception {
        String elliptic = pem(KeyPairGenerator.getInstance("EC").generateKeyPair());

        String message = refused(text(Map.ofEntries(
                Map.entry("my-domain", "http://acme.my.salesforce.com"),
                Map.entry("flow", "password"),
                Map.entry("private-key", elliptic),
                Map.entry("api-version", "../66.0"),
                Map.entry("interaction-field", "Name = 'x' OR Id"),
                Map.entry("organization-id", "001000000000001AAA"),
                Map.entry("webhook-token", Canary.plant("short")),
                Map.entry("default-region", "XX"),
                Map.entry("commit-time", "-1s"),
                Map.entry("fields", "vip = Lead.VIP__c"),
                Map.entry("timeout", "soon"),
                Map.entry("colour", "red"))));

        for (String name : List.of(
                "my-domain",
                "flow",
                "client-id",
                "private-key",
                "api-version",
                "interaction-field",
                "organization-id",
                "webhook-token",
                "default-region",
                "commit-time",
                "fields",
                "timeout",
                "colour")) {
            assertTrue(message.contains("crm: " + name + " "), name + " in " + message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.my.salesforce.com",
                "https://login.salesforce.com",
                "https://test.salesforce.com/",
                "https://acme.lightning.force.com",
                "https://user@acme.my.salesforce.com",
                "https://acme.my.salesforce.com/services",
                "https://acme.my.salesforce.com?x=y",
                "https://acme.my.salesforce.com#x",
                "ftp://acme.my.salesforce.com",
                "acme"
            })
    void myDomain_givenInCode_isCheckedAsInAFile(String address) {
        String inCode = refused(Salesforce.clientCredentials(URI.create(address), "k", Secret.of("s")));
        String inFile = refused(text(
                Map.of("my-domain", address, "flow", "client-credentials", "client-id", "k", "client-secret", "s")));

        assertTrue(inCode.contains("my-domain must"), inCode);
        assertEquals(inCode, inFile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.my.salesforce.com",
                "https://acme--dev.sandbox.my.salesforce.com",
                "https://acme.my.salesforce.mil",
                "https://acme.my.sfcrmproducts.cn",
                "https://acme.develop.my.salesforce.com/"
            })
    void myDomain_ofEveryKindOfOrg_isTaken(String address) {
        Watched.trunkline()
                .connect("crm", Salesforce.clientCredentials(URI.create(address), "k", Secret.of("s")))
                .build()
                .close();

        assertEquals(0, org.platform().count());
    }

    @Test
    void open_flowWithoutWhatItNeeds_namesAllOfIt() {
        String message = refused(text(Map.of(
                "my-domain",
                org.platform().uri().toString(),
                "flow",
                "jwt-bearer",
                "client-id",
                "k",
                "webhook-token",
                Canary.secret())));

        assertTrue(message.contains("username is required for flow jwt_bearer"), message);
        assertTrue(message.contains("private-key is required"), message);
        assertTrue(message.contains("webhook-token and organization-id are required together"), message);
    }

    @ParameterizedTest
    @CsvSource({"45.0,false", "46.0,true", "66.0,true", "100.0,true", "66,false", "66.1,false", "v66.0,false"})
    void apiVersion_ofEveryForm_isTakenOnlyWhereItWorks(String version, boolean taken) {
        ConnectorSetup setup = good().with(Salesforce.API_VERSION, version);

        if (taken) {
            Watched.trunkline().connect("crm", setup).build().close();
        } else {
            assertTrue(refused(setup).contains("api-version must be"));
        }
    }

    @Test
    void fields_namesThatNoQueryMayHold_areRefused() {
        for (String fields : List.of("a = b.c.d", "a = x-y", "a =", "a = Case.1x", "a = b : colour", "a = b; a = c")) {
            assertTrue(refused(good().with(CommonSettings.FIELDS, fields)).contains("fields "), fields);
        }
    }

    @Test
    void jwtBearer_assertion_isSignedAndNamesUserAndAudience() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String user = Canary.email();
        ConnectorSetup setup =
                Salesforce.jwtBearer(org.platform().uri(), "consumer-key", user, Secret.of(Canary.plant(pem(pair))));
        try (Trunkline jwt = Watched.trunkline()
                .connect("crm", setup.with(Salesforce.AUDIENCE, URI.create("https://test.salesforce.com/")))
                .build()) {
            assertEquals("Acme", jwt.verify("crm", Duration.ofSeconds(5)));
        }

        Map<String, List<String>> form =
                org.platform().exchanges().get(0).request().form();
        String[] parts = form.get("assertion").get(0).split("\\.", -1);
        Map<String, Object> claims = Json.object(Base64.getUrlDecoder().decode(parts[1]));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
        assertEquals(
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                form.get("grant_type").get(0));
        assertFalse(form.containsKey("client_secret"));
        assertEquals("consumer-key", claims.get("iss"));
        assertEquals(user, claims.get("sub"));
        assertEquals("https://test.salesforce.com", claims.get("aud"));
        assertTrue((Long) claims.get("exp") <= Instant.now().getEpochSecond() + 180);
    }

    @Test
    void clientCredentials_tokenRequest_goesToTheOrgsOwnHost() {
        try (Trunkline app = Watched.trunkline().connect("crm", good()).build()) {
            app.verify("crm", Duration.ofSeconds(5));
        }

        Map<String, List<String>> form =
                org.platform().exchanges().get(0).request().form();
        assertEquals("client_credentials", form.get("grant_type").get(0));
        assertEquals("consumer-key", form.get("client_id").get(0));
        assertTrue(form.containsKey("client_secret"));
    }

    @Test
    void refreshToken_accessExpired_isRenewedWithTheTokenThatStays() {
        String refresh = Canary.secret();
        ConnectorSetup setup = ConnectorSetup.of(new Salesforce())
                .with(Salesforce.MY_DOMAIN, org.platform().uri())
                .with(Salesforce.FLOW, SalesforceFlow.REFRESH_TOKEN)
                .with(Salesforce.CLIENT_ID, "consumer-key")
                .with(Salesforce.REFRESH_TOKEN, Secret.of(refresh));
        try (Trunkline user = Watched.trunkline().connect("crm", setup).build()) {
            user.verify("crm", Duration.ofSeconds(5));
            org.expireTokens();
            user.verify("crm", Duration.ofSeconds(5));
        }

        List<String> sent = org.platform().exchanges().stream()
                .filter(exchange -> exchange.request().path().endsWith("/token"))
                .map(exchange -> exchange.request().form().get("refresh_token").get(0))
                .toList();
        assertEquals(List.of(refresh, refresh), sent);
    }

    @Test
    void token_refusedForGood_isAnAuthenticationErrorAndNotRepeated() {
        org.platform()
                .next(Fault.answer(
                        400,
                        "application/json",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"user hasn't approved this consumer\"}"));
        try (Trunkline app = Watched.trunkline().connect("crm", good()).build()) {
            Leaks.saw(assertThrows(AuthenticationException.class, () -> app.verify("crm", Duration.ofSeconds(5))));
        }

        assertEquals(1, org.platform().count());
    }
}
