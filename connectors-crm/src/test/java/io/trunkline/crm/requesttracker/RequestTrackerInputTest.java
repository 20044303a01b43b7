package io.trunkline.crm.requesttracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.connector.ConnectorSettings;
import io.trunkline.error.ConfigurationException;
import io.trunkline.value.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into queries and addresses, and what settings must be. */
final class RequestTrackerInputTest {

    @Test
    void T46_text_quotesAndBackslashes_stayInsideTheLiteral() {
        assertEquals("'x\\' OR id > 0 OR Subject=\\''", TicketSql.text("x' OR id > 0 OR Subject='"));
        assertEquals("'a\\\\\\' OR id>0'", TicketSql.text("a\\' OR id>0"));
        for (String text : List.of("", " ", "a\nb", "a\u0000b", "\ud800", "x".repeat(1_001))) {
            assertThrows(IllegalArgumentException.class, () -> TicketSql.text(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x} = 1 OR CF.{y", "a'b", "", " ", "a\nb", "a,b", "-a"})
    void T46_name_thatWouldEndItsBraces_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> TicketSql.customField(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "a/b", "x?y", "x#y", "%2e", "a\r\nb", ""})
    void user_nameThatWouldLeadElsewhere_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> RequestTrackerDesk.user(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1 OR 1=1", "1.0", "١", "1234567890123456789"})
    void id_thatIsNoNumber_isRefused(String id) {
        assertThrows(IllegalArgumentException.class, () -> TicketSql.id(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://rt.example.org",
                "https://u:p@rt.example.org",
                "https://rt.example.org/?a=b",
                "ftp://x",
                "x"
            })
    void address_thatIsNotSafe_isRefused(String address) {
        ConnectorSettings settings =
                ConnectorSettings.ofText(Map.of("address", address, "token", "1-14-abc", "queue", "Support"));

        ConfigurationException thrown =
                assertThrows(ConfigurationException.class, () -> settings.check(RequestTracker.DESCRIPTOR, "desk"));

        assertTrue(thrown.getMessage().contains("wrong: address must "), thrown::getMessage);
    }

    @Test
    void address_withAPath_keepsIt() {
        URI folder = RequestTrackerParsers.folder(URI.create("https://example.org/rt"));

        assertEquals(
                "https://example.org/rt/REST/2.0/rt",
                folder.resolve("REST/2.0/rt").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_c2hvcnQ=", "whsec_!!!", "short", ""})
    void secret_tooShortOrOfAnotherForm_isRefusedWithoutBeingRepeated(String secret) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> RequestTrackerParsers.secret(secret));

        assertFalse(!secret.isEmpty() && String.valueOf(thrown.getMessage()).contains(secret));
    }

    @ParameterizedTest
    @CsvSource({"Ada Lovelace,Ada,Lovelace", "Lovelace,,Lovelace", "Ada de la Cruz,Ada de la,Cruz", "王小明,,王小明"})
    void name_oneLine_hasItsLastWordForTheFamily(String line, String given, String family) {
        RequestTrackerName name = RequestTrackerName.parse(line);

        assertEquals(given, name.given());
        assertEquals(family, name.family());
        assertEquals(line, name.line());
    }

    @Test
    void token_setup_printsNoSecret() {
        String printed = RequestTracker.token(URI.create("https://rt.example.org"), Secret.of("1-14-abc"), "Support")
                .settings()
                .toString();

        assertFalse(printed.contains("1-14-abc"));
    }
}
