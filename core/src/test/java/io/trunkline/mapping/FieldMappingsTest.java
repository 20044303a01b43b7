package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FieldMappingsTest {

    private static final List<String> TYPES = List.of("user", "ticket");

    private static FieldMappings parse(String text) {
        return FieldMappings.parse(text, TYPES, name -> {});
    }

    @Test
    void of_namedTypes_haveTheirOwnAndTheFirstTheRest() {
        FieldMappings mappings = parse(" vip = VIP : boolean ; severity = ticket.Severity; n=user.Number : number");

        assertEquals(Set.of("VIP", "Number"), mappings.of("user").platformNames());
        assertEquals(Set.of("Severity"), mappings.of("ticket").platformNames());
        assertEquals(Map.of("Severity", "high"), mappings.of("ticket").toPlatform(Map.of("severity", "high")));
        assertEquals(Set.of(), mappings.of("queue").platformNames());
    }

    @Test
    void of_sameNameInTwoTypes_isAFieldOfEach() {
        FieldMappings mappings = parse("rank = Rank; rank = ticket.Rank");

        assertEquals(Set.of("Rank"), mappings.of("user").platformNames());
        assertEquals(Set.of("Rank"), mappings.of("ticket").platformNames());
    }

    @Test
    void parse_dotsThatNameNoType_areOfTheNameOrTheDefault() {
        FieldMappings mappings = parse("a = queue.A; b = B : text = ticket.C");

        assertEquals(Set.of("queue.A", "B"), mappings.of("user").platformNames());
        assertEquals("ticket.C", mappings.of("user").toHost(Map.of()).get("b"));
        assertEquals(Set.of(), mappings.of("ticket").platformNames());
    }

    @Test
    void parse_wrongEntryOfAType_isCountedAmongAll() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> parse("a = A; b = ticket.B; c = ticket.C : colour"));

        assertTrue(String.valueOf(thrown.getMessage()).contains("entry 3"), thrown::getMessage);
    }

    @Test
    void parse_namesOfEachType_areChecked() {
        List<String> checked = new ArrayList<>();
        FieldMappings.parse("a = A; b = ticket.B", TYPES, checked::add);

        assertEquals(List.of("A", "B"), checked);
    }
}
