package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.mapping.FieldMapping;
import io.trunkline.mapping.FieldType;
import io.trunkline.value.RecordRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CleansingTest {

    private static final Map<String, Object> ROW = Map.of(
            "VIP__c", "yes",
            "Tier__c", "1",
            "phone", " 0301 234567 ",
            "born", "31.12.1980",
            "revenue", "12.50",
            "first", "  Anna\t Maria ",
            "last", "Muster",
            "empty", "   ");

    @Test
    void apply_everyStep_isDoneInItsOrder() {
        Cleansing cleansing = Cleansing.begin()
                .mapped(FieldMapping.parse("vip = VIP__c : boolean = false; tier = Tier__c"))
                .trimmed()
                .phone("phone", "DE")
                .date("born", "dd.MM.yyyy")
                .typed("revenue", FieldType.NUMBER)
                .coded("tier", Map.of("1", "gold", "2", "silver"))
                .computed("name", fields -> fields.get("first") + " " + fields.get("last"))
                .required("name")
                .only(Set.of("vip", "tier", "phone", "born", "revenue", "name", "empty"));

        Map<String, Object> fields = applied(cleansing, ROW).orElseThrow().fields();

        Map<String, Object> expected = new HashMap<>(Map.of("vip", true, "tier", "gold", "phone", "+49301234567"));
        expected.putAll(Map.of("born", "1980-12-31", "revenue", new BigDecimal("12.50"), "name", "Anna Maria Muster"));
        expected.put("empty", null);
        assertEquals(expected, fields);
    }

    @Test
    void apply_valueThatDoesNotFit_isNamedButNotRepeated() {
        String personal = Canary.email();
        for (Cleansing cleansing : new Cleansing[] {
            Cleansing.begin().phone("f", "ZZ"),
            Cleansing.begin().date("f", "yyyy-MM-dd"),
            Cleansing.begin().typed("f", FieldType.NUMBER),
            Cleansing.begin().coded("f", Map.of())
        }) {
            PoisonException thrown =
                    assertThrows(PoisonException.class, () -> applied(cleansing, Map.of("f", personal)));

            assertTrue(String.valueOf(thrown.getMessage()).contains("field f"), thrown.getMessage());
            assertFalse(String.valueOf(thrown.getMessage()).contains(personal));
        }
    }

    @Test
    void apply_missingFields_areLeftAloneUnlessRequired() {
        assertEquals(
                Map.of(),
                applied(Cleansing.begin().phone("f", "CN").date("g", "yyyy"), Map.of())
                        .orElseThrow()
                        .fields());
        assertThrows(PoisonException.class, () -> applied(Cleansing.begin().required("f"), Map.of()));
    }

    @Test
    void apply_conditionNotMet_leavesTheRecordOut() {
        Cleansing cleansing = Cleansing.begin().where(fields -> !"test".equals(fields.get("kind")));

        assertTrue(applied(cleansing, Map.of("kind", "test")).isEmpty());
        assertTrue(applied(cleansing, Map.of("kind", "real")).isPresent());
    }

    @Test
    void apply_deletedRecord_passes() {
        Change gone = new Change(RecordRef.of("crm", "Contact", "1"), true, Instant.EPOCH, Map.of());

        assertEquals(Optional.of(gone), Cleansing.begin().required("name").apply(gone));
    }

    @Test
    void then_twoTransforms_areDoneOneAfterTheOther() {
        Transform both = Cleansing.begin().trimmed().then(Cleansing.begin().required("name"));

        assertThrows(PoisonException.class, () -> applied(both, Map.of("name", "  ")));
        assertEquals(
                "A B",
                applied(both, Map.of("name", " A  B ")).orElseThrow().fields().get("name"));
    }

    private static Optional<Change> applied(Transform transform, Map<String, Object> fields) {
        return transform.apply(
                new Change(RecordRef.of("crm", "Contact", "1"), false, Instant.EPOCH, new HashMap<>(fields)));
    }
}
