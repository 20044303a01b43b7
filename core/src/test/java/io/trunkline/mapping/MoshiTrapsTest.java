package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps of Moshi 1.15, each by its number. */
final class MoshiTrapsTest {

    /** A record on the wire. */
    public record Row(Long id, BigDecimal amount, String name, Map<String, Integer> counts) {}

    private static final JsonCodec<Row> ROWS = Json.codec(Row.class);

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":%s}", "{\"id\":\"%s\"}", "{\"amount\":1.%s}", "{\"unknown\":%s}", "{\"amount\":1e%s}"})
    void M1_numberOfAMillionDigits_isRefusedAtOnce(String form) {
        byte[] json = utf8(form.formatted("9".repeat(1_600_000)));

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            if (form.contains("unknown")) {
                assertThrows(MalformedDataException.class, () -> Json.object(json));
            } else {
                assertThrows(MalformedDataException.class, () -> ROWS.read(json));
            }
        });
    }

    @Test
    void M2_longIdInDynamicJson_staysExact() {
        Map<String, Object> object =
                Json.object(utf8("{\"id\":9007199254740993,\"big\":123456789012345678901234567890}"));

        assertEquals(9007199254740993L, object.get("id"));
        assertEquals(new BigDecimal("123456789012345678901234567890"), object.get("big"));
        assertEquals(
                "{\"id\":9007199254740993,\"big\":123456789012345678901234567890}",
                new String(Json.write(object), StandardCharsets.UTF_8));
    }

    @Test
    void M3_millionLevels_areRefused() {
        byte[] json = utf8("{\"a\":".repeat(1_000_000));

        assertThrows(MalformedDataException.class, () -> Json.object(json));
        assertThrows(MalformedDataException.class, () -> ROWS.read(json));
    }

    @Test
    void M4_wrongValueUnderPersonalKey_isNotRepeated() {
        String phone = Canary.phone();
        String value = Canary.text();
        byte[] json = utf8("{\"counts\":{\"" + phone + "\":\"" + value + "\"}}");

        MalformedDataException thrown = Leaks.saw(assertThrows(MalformedDataException.class, () -> ROWS.read(json)));

        assertTrue(thrown.getMessage().contains("$.counts.*"), thrown::getMessage);
        assertTrue(thrown.getMessage().length() <= 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1} x",
                "<html></html>",
                "",
                "{\"amount\":1e999999}",
                "{\"id\":1.5}",
                "{\"counts\":{\"a\":1,\"a\":2}}",
                "null",
                "[]"
            })
    void M5_malformedDocument_isTypedError(String json) {
        assertThrows(MalformedDataException.class, () -> ROWS.read(utf8(json)));
    }

    @Test
    void M5_nameThatStandsTwice_isRefusedInDynamicJson() {
        assertThrows(MalformedDataException.class, () -> Json.object(utf8("{\"id\":1,\"id\":2}")));
    }

    @Test
    void M5_byteOrderMark_isStrippedOnceAtTheStart() {
        assertEquals(1L, ROWS.read(utf8("\ufeff{\"id\":1}")).id());
        assertThrows(MalformedDataException.class, () -> ROWS.read(utf8("\ufeff\ufeff{\"id\":1}")));
    }

    @Test
    void M5_collidingKeys_areReadInTime() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 65_536; i++) {
            json.append(i == 0 ? "" : ",").append('"');
            for (int bit = 0; bit < 16; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":1");
        }
        byte[] bytes = utf8(json.append('}').toString());

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals(65_536, Json.object(bytes).size()));
    }

    @Test
    void write_dynamicValues_comeBackTheSame() {
        Map<String, Object> object = Map.of("list", List.of(1L, true, "x"), "map", Map.of("k", new BigDecimal("1.50")));

        Map<String, Object> back = Json.object(Json.write(object));

        assertEquals(object, back);
        assertFalse(back.isEmpty());
    }

    @Test
    void write_nullInAMap_isSaid() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("a", null);

        assertEquals("{\"a\":null}", new String(Json.write(fields), StandardCharsets.UTF_8));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
