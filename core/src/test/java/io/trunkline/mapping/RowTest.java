package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowTest {

    /** A page as a connector has it. */
    public record Page(List<Row> records) {}

    private static final JsonCodec<Page> PAGE = Json.codec(Page.class);

    @Test
    void rows_ofTheSameNames_shareThem() {
        List<Row> rows = read("{\"id\":\"1\",\"at\":{\"url\":\"/1\"}},{\"id\":\"2\",\"at\":{\"url\":\"/2\"}}");

        assertEquals(List.of("1", "2"), rows.stream().map(row -> row.get("id")).toList());
        assertEquals(Map.of("url", "/2"), rows.get(1).get("at"));
        assertSame(rows.get(0).names(), rows.get(1).names());
    }

    /** Names in another order, some missing, some more, objects where there were none: each row is read as it is. */
    @Test
    void rows_ofAnyNames_areReadAsObjectsAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int page = 0; page < 500; page++) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                rows.add(random(random, 2));
            }
            byte[] json = Json.write(Map.of("records", rows));

            List<Row> read = PAGE.read(json).records();

            assertEquals(Json.object(json).get("records"), read, "seed " + seed);
            read.forEach(row -> assertEquals(new ArrayList<>(row.keySet()).size(), row.size(), "seed " + seed));
        }
    }

    @Test
    void rows_namedTwiceOrNoObjects_areRefused() {
        for (String bad : List.of(
                "{\"a\":1},{\"a\":1,\"a\":2}",
                "{\"a\":1},{\"b\":1,\"b\":2}",
                "{\"a\":1},{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1},{\"a\":null,\"a\":null}",
                "{\"a\":{\"b\":1}},{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":1},null",
                "null",
                "{\"a\":1},[1]",
                "{\"a\":1},\"x\"",
                "{\"a\":1},{\"a\":1")) {
            assertThrows(MalformedDataException.class, () -> read(bad), () -> "taken: " + bad);
        }
    }

    /** What is looked for among a row's names costs no more than reading it, however many there are. */
    @Test
    void rows_ofManyNames_shareNone() {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            row.append(i == 0 ? "{" : ",").append("\"n").append(i).append("\":1");
        }
        List<Row> rows = read(row + "}," + row + "}");

        assertEquals(rows.get(0), rows.get(1));
        assertNotSame(rows.get(0).names(), rows.get(1).names());
    }

    @Test
    void row_asked_answersAsAnyMapDoes() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("b", null);
        fields.put("a", 1L);
        Row row = Row.of(fields);

        assertEquals(fields, row);
        assertEquals(fields.hashCode(), row.hashCode());
        assertEquals(List.of("b", "a"), List.copyOf(row.keySet()));
        assertTrue(row.containsKey("b"));
        assertNull(row.get("b"));
        assertFalse(row.containsKey("c"));
        assertNull(row.get(null));
        Map<String, Object> told = new LinkedHashMap<>();
        row.forEach(told::put);
        assertEquals(fields, told);
        assertEquals("{\"b\":null,\"a\":1}", new String(Json.write(row), StandardCharsets.UTF_8));
    }

    @Test
    void row_changedOrItsSourceChanged_staysAsItIs() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("a", 1L));
        Row row = Row.of(fields);
        fields.put("a", 2L);

        assertEquals(Map.of("a", 1L), row);
        assertThrows(UnsupportedOperationException.class, () -> row.put("a", 3L));
        assertThrows(UnsupportedOperationException.class, () -> row.remove("a"));
        assertThrows(UnsupportedOperationException.class, () -> row.keySet().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> row.entrySet().iterator().next().setValue(3L));
    }

    @Test
    void without_oneOrAnotherField_leavesTheOthers() {
        List<Row> rows = read("{\"a\":1,\"b\":2,\"c\":3},{\"a\":4,\"b\":5,\"c\":6}");

        assertEquals(Map.of("a", 1L, "c", 3L), rows.get(0).without("b"));
        assertEquals(Map.of("b", 5L, "c", 6L), rows.get(1).without("a"));
        assertEquals(Map.of("a", 4L, "b", 5L), rows.get(1).without("c"));
        assertEquals(Map.of("c", 3L), rows.get(0).without("a").without("b"));
        assertSame(rows.get(0), rows.get(0).without("d"));
        assertSame(
                rows.get(0).without("b").names(), rows.get(1).without("b").names(), "the names are kept once here too");
    }

    @Test
    void values_ofAnyNamesInAnyOrder_areThoseThatGetGives() {
        List<Row> rows = read("{\"a\":1,\"b\":\"x\",\"c\":null},{\"a\":2,\"b\":\"y\",\"c\":3}");
        List<String> changing = new ArrayList<>(List.of("a", "z"));

        for (Row row : rows) {
            for (List<String> names : List.of(List.of("c", "none", "a"), List.of("b"), List.<String>of())) {
                assertEquals(names.stream().map(row::get).toList(), row.values(names));
            }
            assertEquals(Arrays.asList(row.get("a"), null), row.values(changing));
        }
        changing.set(1, "b");

        assertEquals(List.of(2L, "y"), rows.get(1).values(changing));
        rows.get(1).values(changing).set(0, "mine");
        assertEquals(2L, rows.get(1).get("a"));
    }

    private static Map<String, Object> random(Random random, int levels) {
        List<String> names = new ArrayList<>(List.of("id", "name", "attributes", "\u5f20", "q\"uote", ""));
        if (random.nextInt(4) == 0) {
            Collections.shuffle(names, random);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (String name : random.nextInt(4) == 0 ? names.subList(0, random.nextInt(6)) : names) {
            boolean object = levels > 0 && (name.equals("attributes") || random.nextInt(20) == 0);
            row.put(name, object ? random(random, levels - 1) : random.nextBoolean() ? null : "v" + random.nextInt());
        }
        return row;
    }

    private static List<Row> read(String rows) {
        return PAGE.read(("{\"records\":[" + rows + "]}").getBytes(StandardCharsets.UTF_8))
                .records();
    }
}
