package io.trunkline.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.value.Lane;
import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    private static final Setting<String> NAME = Setting.text("name", "A name.");
    private static final Setting<Secret> TOKEN = Setting.secret("token", "A token.");
    private static final Setting<URI> ADDRESS =
            Setting.url("address", "An address.").optional();
    private static final Setting<List<URI>> NODES =
            Setting.urls("nodes", "Addresses.").optional();
    private static final Setting<Integer> COUNT =
            Setting.integer("count", 1, 9, "A count.").defaultsTo(3);
    private static final Setting<Duration> PAUSE =
            Setting.duration("pause", "A time.").optional();
    private static final Setting<Boolean> FLAG = Setting.flag("flag", "A flag.").defaultsTo(false);
    private static final Setting<Lane> LANE =
            Setting.choice("lane", Lane.class, "A lane.").optional();
    private static final Setting<String> REGION =
            Setting.region("region", "A region.").defaultsTo("ZZ");

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("xy", "X", Category.AI)
            .settings(NAME, TOKEN, ADDRESS, NODES, COUNT, PAUSE, FLAG, LANE, REGION)
            .credentials(CredentialKind.NONE)
            .build();

    private static ConnectorSettings of(String name, String value) {
        return ConnectorSettings.ofText(Map.of(name, value));
    }

    @Test
    void get_textOfEachType_isRead() {
        ConnectorSettings settings = ConnectorSettings.ofText(Map.of(
                "name", " Ada ",
                "address", "https://a.test/base",
                "nodes", "https://a.test,https://b.test",
                "count", "7",
                "flag", "TRUE",
                "lane", "bulk",
                "region", " gb "));

        assertEquals("Ada", settings.get(NAME));
        assertEquals(URI.create("https://a.test/base"), settings.get(ADDRESS));
        assertEquals(2, settings.get(NODES).size());
        assertEquals(7, settings.get(COUNT));
        assertTrue(settings.get(FLAG));
        assertEquals(Lane.BULK, settings.get(LANE));
        assertEquals("GB", settings.get(REGION));
        assertEquals("ZZ", of("region", "zz").get(REGION));
        assertEquals(Optional.empty(), settings.find(PAUSE));
        assertEquals(3, ConnectorSettings.empty().get(COUNT));
        assertThrows(IllegalStateException.class, () -> settings.get(TOKEN));
    }

    @ParameterizedTest
    @CsvSource({"800ms,PT0.8S", "5s,PT5S", "2m,PT2M", "1h,PT1H", "PT5S,PT5S", "3 s,PT3S"})
    void duration_waysToWriteIt_areRead(String text, Duration expected) {
        assertEquals(expected, of("pause", text).get(PAUSE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address | http://example.test",
                "address | ftp://a.test",
                "address | //a.test",
                "address | https://user:pw@a.test",
                "address | https://a.test/?q=1",
                "address | https://a.test/#f",
                "nodes | https://a.test,x",
                "count | 0",
                "count | 10",
                "count | 1.5",
                "pause | -5s",
                "pause | 0s",
                "pause | soon",
                "flag | yes",
                "lane | fast",
                "region | XX",
                "region | USA",
                "colour | red"
            })
    void problems_valueThatDoesNotFit_isNamed(String name, String value) {
        List<String> problems = ConnectorSettings.ofText(Map.of("name", "n", "token", "t", name, value))
                .problems(DESCRIPTOR);

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith(name), problems.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/x", "http://localhost", "http://[::1]:1/", "https://a.test/prefix/"})
    void url_thisMachineOrHttps_isTaken(String text) {
        assertEquals(URI.create(text), of("address", text).get(ADDRESS));
    }

    @Test
    void check_everythingWrong_isToldAtOnceWithoutSecrets() {
        String secret = Canary.secret();

        ConfigurationException thrown = Leaks.saw(assertThrows(
                ConfigurationException.class,
                () -> ConnectorSettings.ofText(Map.of("count", secret, "lane", secret, "pause", secret))
                        .check(DESCRIPTOR, "mine")));

        for (String name : List.of("name", "token", "count", "lane", "pause")) {
            assertTrue(thrown.getMessage().contains(name), thrown::getMessage);
        }
        Leaks.printed(ConnectorSettings.empty().with(TOKEN, Secret.of(secret)));
    }

    @Test
    void setting_describesItself() {
        assertTrue(TOKEN.secret());
        assertTrue(NAME.required());
        assertFalse(COUNT.required());
        assertEquals(List.of("INTERACTIVE", "BULK"), LANE.allowed());
        assertEquals(Optional.of(3), COUNT.defaultValue());
        assertThrows(IllegalArgumentException.class, () -> Setting.text("Bad Name", "x"));
    }

    @Test
    void descriptor_twiceNamedOrWithoutCredentials_isRefused() {
        assertThrows(
                IllegalStateException.class,
                () -> ConnectorDescriptor.builder("xy", "X", Category.AI).build());
        assertThrows(
                IllegalStateException.class,
                () -> ConnectorDescriptor.builder("xy", "X", Category.AI)
                        .settings(NAME, NAME)
                        .credentials(CredentialKind.NONE)
                        .build());
        assertThrows(IllegalArgumentException.class, () -> ConnectorDescriptor.builder("X!", "X", Category.AI));
        assertThrows(IllegalArgumentException.class, () -> Capability.of("Contacts"));
        assertEquals(
                Set.of(Capability.of("a.b")),
                ConnectorDescriptor.builder("xy", "X", Category.AI)
                        .credentials(CredentialKind.NONE)
                        .capabilities(Capability.of("a.b"), Capability.of("c.d"))
                        .build()
                        .capabilitiesOf("a"));
    }
}
