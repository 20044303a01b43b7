package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeCursorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private static Change change(String id, long second) {
        return new Change(RecordRef.of("crm", "Contact", id), false, NOW.minusSeconds(1000 - second), Map.of());
    }

    @Test
    void text_writtenAndRead_isTheSamePlace() {
        TimeCursor cursor =
                TimeCursor.start("crm/Contact").after(List.of(change("a", 1), change("b", 2), change("c", 2)));

        TimeCursor back = TimeCursor.parse(Optional.of(cursor.text()), "crm/Contact", NOW);

        assertEquals(cursor, back);
        assertTrue(back.gave("a", change("a", 1).changedAt()));
        assertTrue(back.gave("c", change("c", 2).changedAt()));
        assertFalse(back.gave("d", change("d", 2).changedAt()));
        assertFalse(back.gave("a", change("a", 3).changedAt()));
    }

    @Test
    void parse_otherFeedFutureOrNonsense_isRefused() {
        SyncCursor other = TimeCursor.start("crm/Account").text();
        SyncCursor future = new TimeCursor("crm/Contact", NOW.plusSeconds(601), Set.of()).text();
        for (SyncCursor cursor :
                List.of(other, future, new SyncCursor("x"), new SyncCursor("{}"), new SyncCursor("[]"))) {
            assertThrows(
                    IllegalArgumentException.class, () -> TimeCursor.parse(Optional.of(cursor), "crm/Contact", NOW));
        }
        assertThrows(IllegalArgumentException.class, () -> new SyncCursor(""));
        assertEquals(
                Instant.EPOCH,
                TimeCursor.parse(Optional.empty(), "crm/Contact", NOW).time());
    }

    /** Whatever the page size and however many records share a second, each is given once, from every place in between. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void reading_withTiesAcrossPages_givesEachRecordOnce(int pageSize) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(change("id" + i, random.nextInt(20)));
        }
        all.sort(Comparator.comparing(Change::changedAt)
                .thenComparing(each -> each.ref().id()));
        TimeCursor cursor = TimeCursor.start("f");
        List<String> given = new ArrayList<>();
        for (List<Change> page = page(all, cursor, pageSize); !page.isEmpty(); page = page(all, cursor, pageSize)) {
            page.forEach(each -> given.add(each.ref().id()));
            cursor = TimeCursor.parse(Optional.of(cursor.after(page).text()), "f", NOW);
        }

        assertEquals(200, given.size(), "seed " + seed);
        assertEquals(200, given.stream().distinct().count(), "seed " + seed);
    }

    @Test
    void X49_tenThousandEqualTimes_areEachGivenOnce() {
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(change("0035g00000%09d".formatted(i), 5));
        }
        TimeCursor cursor = TimeCursor.start("f");
        Set<String> given = new TreeSet<>();
        for (List<Change> page = page(all, cursor, 2_000); !page.isEmpty(); page = page(all, cursor, 2_000)) {
            page.forEach(each -> assertTrue(given.add(each.ref().id())));
            cursor = TimeCursor.parse(Optional.of(cursor.after(page).text()), "f", NOW);
        }

        assertEquals(10_000, given.size());
    }

    @Test
    void X50_cursorThatWasChanged_isRefusedOrAnotherPlaceButNoCrash() {
        String text = TimeCursor.start("f")
                .after(List.of(change("a", 1), change("b", 1)))
                .text()
                .text();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(random.nextInt(text.length()), (char) (0x20 + random.nextInt(0x60)));
            changed.setLength(random.nextInt(8) == 0 ? 1 + random.nextInt(text.length()) : text.length());
            try {
                TimeCursor place = TimeCursor.parse(Optional.of(new SyncCursor(changed.toString())), "f", NOW);
                assertFalse(place.time().isAfter(NOW.plusSeconds(600)), "seed " + seed);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("the cursor"), () -> "seed " + seed + " " + e);
            }
        }
        for (String version : List.of("0", "2", "99", "\"1\"", "null")) {
            SyncCursor other = new SyncCursor(text.replace("\"v\":1", "\"v\":" + version));
            assertThrows(IllegalArgumentException.class, () -> TimeCursor.parse(Optional.of(other), "f", NOW));
        }
        assertThrows(IllegalArgumentException.class, () -> new SyncCursor("x".repeat((1 << 20) + 1)));
    }

    @Test
    void changes_ofCollectionsThatChange_doNotChangeAndPrintNoFields() {
        Map<String, Object> fields = new HashMap<>(Map.of("Phone", Canary.phone()));
        Change change = new Change(RecordRef.of("crm", "Contact", "1"), true, NOW, fields);
        fields.clear();
        ChangePage page = new ChangePage(new ArrayList<>(List.of(change)), new SyncCursor("x"), false);

        assertEquals(1, change.fields().size());
        assertEquals(List.of(change), page.changes());
        Leaks.printed(change);
        Leaks.printed(page);
    }

    private static List<Change> page(List<Change> all, TimeCursor cursor, int size) {
        Stream<Change> fresh = all.stream()
                .filter(each -> !each.changedAt().isBefore(cursor.time()))
                .filter(each -> !cursor.gave(each.ref().id(), each.changedAt()));
        return fresh.limit(size).toList();
    }
}
