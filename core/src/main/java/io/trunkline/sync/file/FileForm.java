package io.trunkline.sync.file;

import io.trunkline.mapping.Csv;
import io.trunkline.mapping.FormulaGuard;
import io.trunkline.mapping.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How rows become bytes. Values are texts, numbers, flags, maps and lists; all others stand as their text. */
enum FileForm {
    /** Comma-separated, what a spreadsheet would run made harmless. */
    CSV("csv"),
    /** Comma-separated, everything as it is. */
    PLAIN_CSV("csv"),
    /** One JSON object a line. */
    JSON_LINES("jsonl");

    private static final int MOST_ZEROS = 400;
    private static final int USUAL_ROW = 256;
    private static final long USUAL_SECONDS = Integer.MAX_VALUE * 100L;

    private final String ending;

    FileForm(String ending) {
        this.ending = ending;
    }

    String ending() {
        return ending;
    }

    /** What stands at the begin of a file. */
    byte[] head(List<String> columns) throws IOException {
        return this == JSON_LINES
                ? new byte[0]
                : csv(List.of(columns.stream().map(this::cell).toList()));
    }

    byte[] rows(List<String> columns, List<List<@Nullable Object>> rows) throws IOException {
        return this == JSON_LINES ? jsonLines(columns, rows) : csv(rows);
    }

    /**
     * The value as a row holds it.
     *
     * @throws IllegalArgumentException saying what is wrong with it, if no file can hold it
     */
    Object stored(Object value) {
        Object storable = storable(value);
        return this == JSON_LINES ? storable : cell(storable);
    }

    private static Object storable(Object value) {
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException("is not a finite number");
            }
            return new BigDecimal(value.toString());
        }
        if (value instanceof Number
                || value instanceof Boolean
                || value instanceof Map
                || value instanceof Collection) {
            return value;
        }
        String text = value instanceof Instant time ? text(time) : value.toString();
        if (broken(text)) {
            throw new IllegalArgumentException("holds half a character");
        }
        return text;
    }

    /** As its own text, without the formatter that it goes through: each row has a time. */
    private static String text(Instant time) {
        if (Math.abs(time.getEpochSecond()) > USUAL_SECONDS) {
            return time.toString(); // Some say "for ever" by times that no calendar holds.
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        return local + (local.getSecond() == 0 && local.getNano() == 0 ? ":00Z" : "Z");
    }

    /** Whether a text holds half a character. Every text of every row comes by here, so most are seen to have none at once. */
    private static boolean broken(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all >= Character.MIN_SURROGATE && text.codePoints().anyMatch(FileForm::half);
    }

    private static boolean half(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private String cell(Object value) {
        if (value instanceof BigDecimal exact && Math.abs((long) exact.scale()) <= MOST_ZEROS) {
            return exact.toPlainString();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = value instanceof String given ? given : new String(Json.write(value), StandardCharsets.UTF_8);
        return this == CSV ? FormulaGuard.guarded(text) : text;
    }

    private static byte[] csv(List<? extends List<? extends @Nullable Object>> records) throws IOException {
        StringWriter text = new StringWriter(records.size() * USUAL_ROW);
        Csv.writeAsIs(text, records);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] jsonLines(List<String> columns, List<List<@Nullable Object>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<@Nullable Object> row : rows) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                line.put(columns.get(i), row.get(i));
            }
            bytes.writeBytes(Json.write(line));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
