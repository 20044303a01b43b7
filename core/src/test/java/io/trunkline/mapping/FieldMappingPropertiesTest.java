package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every mapping of fields. */
final class FieldMappingPropertiesTest {

    @Test
    void fields_writtenAndReadBack_areTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Map<String, FieldType> types = types(random);
            FieldMapping mapping = FieldMapping.parse(settings(types));
            Map<String, Object> host = new LinkedHashMap<>();
            types.forEach((name, type) -> host.put(name, value(random, type)));
            host.put("Unmapped__c", "as it is");

            Map<String, Object> platform = Json.object(Json.write(mapping.toPlatform(host)));

            assertEquals(host, mapping.toHost(platform), "seed " + seed);
            assertEquals(types.size(), mapping.platformNames().size());
        }
    }

    private static Map<String, FieldType> types(Random random) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            types.put("field-" + i, List.of(FieldType.values()).get(random.nextInt(5)));
        }
        return types;
    }

    private static String settings(Map<String, FieldType> types) {
        StringBuilder text = new StringBuilder();
        types.forEach((name, type) -> text.append(" ; ")
                .append(name)
                .append(" = Their.")
                .append(name)
                .append("__c : ")
                .append(type.name().toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    private static Object value(Random random, FieldType type) {
        return switch (type) {
            case TEXT -> "text " + random.nextInt();
            case NUMBER -> BigDecimal.valueOf(random.nextInt(), random.nextInt(10));
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case TIME -> Instant.ofEpochMilli(random.nextLong() >> 20);
        };
    }

    @Test
    void toHost_nullOrAbsent_getsTheDefault() {
        FieldMapping mapping = FieldMapping.parse("a = A : number = 7; b = B : boolean; c = C : date = 2024-02-29");
        Map<String, Object> platform = new HashMap<>();
        platform.put("A", null);

        Map<String, Object> host = mapping.toHost(platform);

        assertEquals(new BigDecimal("7"), host.get("a"));
        assertTrue(host.containsKey("b"));
        assertNull(host.get("b"));
        assertEquals(LocalDate.of(2024, 2, 29), host.get("c"));
        assertFalse(host.containsKey("A"));
    }

    @Test
    void toPlatform_nullMeant_isPassedOn() {
        Map<String, Object> host = new HashMap<>();
        host.put("a", null);

        Map<String, Object> platform = FieldMapping.parse("a = A : number = 7").toPlatform(host);

        assertTrue(platform.containsKey("A"));
        assertNull(platform.get("A"));
    }

    @Test
    void toHost_platformFieldOfAHostsName_doesNotStandInForAnother() {
        FieldMapping mapping = FieldMapping.parse("vip = VIP__c : boolean = false");
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("VIP__c", true);
        both.put("vip", "their own");

        assertEquals(Map.of("vip", true), mapping.toHost(both));
        assertEquals(Map.of("vip", false), mapping.toHost(Map.of("vip", "their own")));
    }

    @Test
    void toPlatform_fieldGivenByBothNames_isRefused() {
        FieldMapping mapping = FieldMapping.parse("vip = VIP__c : boolean");

        assertThrows(IllegalArgumentException.class, () -> mapping.toPlatform(Map.of("vip", true, "VIP__c", false)));
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER,1e5,100000",
        "NUMBER,-0.50,-0.50",
        "BOOLEAN,YES,true",
        "BOOLEAN,0,false",
        "DATE,2024-02-29T00:00:00Z,2024-02-29",
        "DATE,2024-02-29 10:00,2024-02-29",
        "TIME,2024-02-29T10:00:00+0800,2024-02-29T02:00:00Z",
        "TIME,2024-02-29T10:00:00.5Z,2024-02-29T10:00:00.500Z",
        "TEXT, x ,x"
    })
    void toHost_formsThatPlatformsUse_areRead(FieldType type, String text, String expected) {
        Object read = type.toHost(text);

        assertEquals(expected, read instanceof BigDecimal number ? number.toPlainString() : read.toString());
    }

    @ParameterizedTest
    @EnumSource(value = FieldType.class, names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
    void toHost_anotherType_isRefusedWithoutRepeatingIt(FieldType type) {
        for (String text :
                List.of("", " ", Canary.text(), "2024-02-30", "2024-02-29x", "9".repeat(65), "1e999999999", "NaN")) {
            Leaks.saw(assertThrows(IllegalArgumentException.class, () -> type.toHost(text), text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a =",
                "= A",
                "a = A :",
                "a = A : number = x",
                "a = A : date = today",
                "a = A : NUMBER",
                "a b = A",
                "a = A; a = B",
                "a = A; b = A",
                "a = A : text = x : y : boolean = 1; b"
            })
    void parse_anotherForm_isRefused(String text) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> FieldMapping.parse(text));

        assertTrue(thrown.getMessage().contains("entry"), thrown::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " ; ;; "})
    void parse_nothing_mapsNothing(String text) {
        assertEquals(Map.of("a", 1), FieldMapping.parse(text).toHost(Map.of("a", 1)));
        assertEquals(Map.of("a", 1), FieldMapping.none().toPlatform(Map.of("a", 1)));
    }

    @Test
    void parse_longSettings_takesNoTime() {
        String hostile = "a = A : text = " + " ".repeat(250) + "x;" + "b".repeat(100_000) + " = " + "=".repeat(100_000);

        assertThrows(IllegalArgumentException.class, () -> FieldMapping.parse(hostile));
    }
}
