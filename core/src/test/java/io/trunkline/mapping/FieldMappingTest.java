package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FieldMappingTest {

    private static final FieldMapping MAPPING = FieldMapping.parse(
            "vip = VIP__c : boolean = false; tier=Tier__c; since = Since__c:date; seen = Seen__c : time; worth = Worth__c : number");

    @Test
    void toHost_platformFields_getNamesTypesAndDefaults() {
        Map<String, Object> host = MAPPING.toHost(Map.of(
                "Tier__c",
                "gold",
                "Since__c",
                "2024-02-29",
                "Seen__c",
                "2026-01-02T03:04:05.000+0000",
                "Worth__c",
                12L,
                "Other",
                1));

        assertEquals(false, host.get("vip"));
        assertEquals("gold", host.get("tier"));
        assertEquals(LocalDate.of(2024, 2, 29), host.get("since"));
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), host.get("seen"));
        assertEquals(new BigDecimal("12"), host.get("worth"));
        assertEquals(1, host.get("Other"));
    }

    @Test
    void toPlatform_hostFields_getNamesAndJsonForms() {
        Map<String, Object> platform =
                MAPPING.toPlatform(Map.of("vip", "yes", "since", LocalDate.of(2024, 2, 29), "Plain__c", "x"));

        assertEquals(Map.of("VIP__c", true, "Since__c", "2024-02-29", "Plain__c", "x"), platform);
        assertEquals(Set.of("VIP__c", "Tier__c", "Since__c", "Seen__c", "Worth__c"), MAPPING.platformNames());
    }

    @Test
    void toPlatform_valueOfAnotherType_isNamedButNotRepeated() {
        String value = Canary.text();

        IllegalArgumentException thrown = Leaks.saw(
                assertThrows(IllegalArgumentException.class, () -> MAPPING.toPlatform(Map.of("worth", value))));

        assertTrue(thrown.getMessage().contains("worth"), thrown::getMessage);
    }

    @Test
    void parse_platformNameAsPeopleTypeIt_isTakenWithoutTheSpaceAroundIt() {
        FieldMapping mapping =
                FieldMapping.parse("direction = Call Direction : text = in; level= \u5ba2\u6237\u7b49\u7ea7 ;a=A");

        assertEquals(Set.of("Call Direction", "\u5ba2\u6237\u7b49\u7ea7", "A"), mapping.platformNames());
        assertEquals(
                Map.of("direction", "out", "level", "\u91d1", "a", "1"),
                mapping.toHost(Map.of("Call Direction", "out", "\u5ba2\u6237\u7b49\u7ea7", "\u91d1", "A", "1")));
        for (String bad : new String[] {"a = b'c", "a = b{c}", "a = \"b\"", "a = b\nc", "a = " + "x".repeat(129)}) {
            assertThrows(IllegalArgumentException.class, () -> FieldMapping.parse(bad), bad);
        }
    }

    @Test
    void parse_everyWrongEntry_isNamed() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> FieldMapping.parse("a; b = B : colour; c = C : number = x; d = D; d = E"));

        for (int entry : new int[] {1, 2, 3, 5}) {
            assertTrue(thrown.getMessage().contains("entry " + entry), thrown::getMessage);
        }
    }
}
